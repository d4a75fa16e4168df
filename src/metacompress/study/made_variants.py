"""The variants of a study, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.runs.record import Record
from metacompress.variants.recorded import is_unchecked
from metacompress.variants.summary import MadeVariants

if TYPE_CHECKING:
    from metacompress.runs.stored_table import StoredTable
    from metacompress.variants.settings import VariantSettings


class MadeByGate(Record):
    """The variants of all transformations."""

    validity: str = Field(description="level of the gate: parse, bindings or compile")
    transformations: dict[str, MadeVariants] = Field(description="by transformation")

    @property
    def unchecked(self) -> int:
        """Variants of other tools that no gate has checked."""
        return sum(one.made for name, one in self.transformations.items() if is_unchecked(name))


def summarise_variants(config: VariantSettings, attempts: StoredTable) -> MadeByGate:
    """How many variants were made and refused, by transformation and reason."""
    outcomes: dict[str, Counter[str | None]] = {}
    for group in attempts.groups(["transformation", "refusal"]):
        for name, refusal in zip(
            group["transformation"].to_pylist(), group["refusal"].to_pylist(), strict=True
        ):
            outcomes.setdefault(name, Counter())[refusal] += 1
    return MadeByGate(
        validity=str(config.validity),
        transformations={
            name: MadeVariants(
                made=counts[None],
                refused={
                    reason: count
                    for reason, count in sorted(counts.items(), key=str)
                    if reason is not None
                },
            )
            for name, counts in outcomes.items()
        },
    )
