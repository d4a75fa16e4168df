"""Options of the kinds of model that run in batches."""

from __future__ import annotations

from pydantic import Field

from metacompress.models.columns import HeadOptions
from metacompress.models.naming.spec import ModelOptions
from metacompress.models.protocols.batched import DEFAULT_BATCH_TOKENS, BatchLimit


class BatchSizeOptions(ModelOptions):
    """Options of a model that is given several inputs at a time."""

    batch_tokens: int = DEFAULT_BATCH_TOKENS
    batch_size: int | None = Field(default=None, ge=1)

    @property
    def batch_limit(self) -> BatchLimit:
        """How much the model is given at a time."""
        return BatchLimit(self.batch_tokens, self.batch_size)


class BatchOptions(BatchSizeOptions, HeadOptions):
    """Options of a model with columns that is given several inputs at a time."""
