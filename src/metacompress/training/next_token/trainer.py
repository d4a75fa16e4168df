"""The Hugging Face Trainer, with a teacher beside a causal language model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from transformers import Trainer
from transformers.trainer_utils import EvalLoopOutput

from metacompress.errors import ModelError, PredictionError
from metacompress.models.next_token.head import final_states
from metacompress.training.next_token.reading import pad

if TYPE_CHECKING:
    from metacompress.training.next_token.scoring import Distillation


class LanguageModelTrainer(Trainer):  # type: ignore[misc]  # transformers has no types
    """A Trainer for language models whose teacher reads every batch, too.

    Args:
        distillation: the student, its teacher and the loss.
        **options: of transformers.Trainer, but for the model and how batches are made.
    """

    def __init__(self, distillation: Distillation, **options: Any) -> None:
        causal = distillation.student.causal
        super().__init__(
            model=causal.model, processing_class=causal.tokenizer, data_collator=pad, **options
        )
        self._distillation = distillation

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | None = None,
    ) -> Any:
        """See transformers.Trainer."""
        ids, mask, predicted = (
            inputs[name] for name in ("input_ids", "attention_mask", "predicted")
        )
        predicted, distillation = predicted[:, 1:], self._distillation

        def before(network: Any) -> torch.Tensor:
            """The final states before the tokens that are predicted, (m, h)."""
            return final_states(network, ids, mask)[:, :-1][predicted]

        # What is called here are parts of the models, which accelerate has not wrapped.
        with self.accelerator.autocast():
            given = None
            if distillation.hard_weight < 1:
                with torch.no_grad():
                    given = before(distillation.teacher.causal.model)
            own = before(self.accelerator.unwrap_model(model))
            loss = distillation.loss(own, given, ids[:, 1:][predicted])
        if not torch.isfinite(loss):
            raise self._not_finite("the loss is")
        return (loss, None) if return_outputs else loss

    def evaluation_loop(
        self,
        dataloader: Any,
        description: str,
        prediction_loss_only: bool | None = None,
        ignore_keys: list[str] | None = None,
        metric_key_prefix: str = "eval",
    ) -> EvalLoopOutput:
        """See transformers.Trainer."""
        self.model.eval()
        programs = dataloader.dataset.programs
        try:
            found = self._distillation.scores(programs)
        except PredictionError as error:
            raise self._not_finite("logits are") from error
        return EvalLoopOutput(
            predictions=None,
            label_ids=None,
            metrics={f"{metric_key_prefix}_{name}": value for name, value in found.items()},
            num_samples=len(programs),
        )

    def _not_finite(self, what: str) -> ModelError:
        return ModelError(
            f"{what} no longer finite after step {self.state.global_step}; lower --learning-rate, "
            f"or use another --precision"
        )
