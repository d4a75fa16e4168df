"""The Hugging Face Trainer, with the loss of a distillation."""

from __future__ import annotations

from typing import Any

import torch
from transformers import Trainer

from metacompress.errors import ModelError
from metacompress.training.encoding import NO_LABEL, TARGETS
from metacompress.training.grouping import GroupSampler
from metacompress.training.losses import consistency_loss, distillation_loss


class ClassifierTrainer(Trainer):  # type: ignore[misc]  # transformers has no types
    """A Trainer for classifiers that distils where a batch holds the teacher's answers.

    Args:
        *args: of transformers.Trainer.
        token_dropout: share of the tokens that each step hides.
        label_smoothing: share of each label that is spread over all classes.
        consistency: weight of ``consistency_loss``; groups are kept together where it is above 0.
        distillation: further arguments of ``distillation_loss``.
        **options: of transformers.Trainer.
    """

    def __init__(
        self,
        *args: Any,
        token_dropout: float = 0.0,
        label_smoothing: float = 0.0,
        consistency: float = 0.0,
        distillation: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        tokenizer = self.processing_class
        hidden_as = tokenizer.mask_token_id
        self._hidden_as = tokenizer.unk_token_id if hidden_as is None else hidden_as
        self._kept = torch.tensor(tokenizer.all_special_ids)
        self._token_dropout = token_dropout
        self._label_smoothing = label_smoothing
        self._consistency = consistency
        self._distillation = distillation or {}

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | None = None,
    ) -> Any:
        """See transformers.Trainer."""
        labels = inputs["labels"]
        teacher = inputs.get("teacher")
        tokens = {name: one for name, one in inputs.items() if name not in TARGETS}
        if self._token_dropout and model.training:
            tokens["input_ids"] = self._with_hidden_tokens(tokens["input_ids"])
        output = model(**tokens)
        if teacher is None:
            loss = torch.nn.functional.cross_entropy(
                output.logits, labels, label_smoothing=self._label_smoothing
            )
        else:
            loss = distillation_loss(
                output.logits,
                teacher,
                labels,
                label_smoothing=self._label_smoothing,
                **self._distillation,
            )
            if self._consistency:
                apart = consistency_loss(output.logits, teacher, inputs["groups"])
                loss = loss + self._consistency * apart
        if not torch.isfinite(loss):
            raise ModelError(
                f"the loss is no longer finite after step {self.state.global_step}; lower "
                f"--learning-rate, or use another --precision"
            )
        return (loss, {"loss": loss, "logits": output.logits}) if return_outputs else loss

    def _get_train_sampler(self, train_dataset: Any = None) -> Any:
        """See transformers.Trainer."""
        if not self._consistency:
            return super()._get_train_sampler(train_dataset)
        return GroupSampler((train_dataset or self.train_dataset).groups, self.args.seed)

    def _with_hidden_tokens(self, ids: torch.Tensor) -> torch.Tensor:
        """Word dropout: a model that misses a token now and then learns to look at others too."""
        chosen = torch.rand(ids.shape, device=ids.device) < self._token_dropout
        chosen &= ~torch.isin(ids, self._kept.to(ids.device))
        return ids.masked_fill(chosen, self._hidden_as)


def scores(prediction: Any) -> dict[str, float]:
    """Accuracy on the labelled examples and, for a student, agreement with its teacher."""
    logits = prediction.predictions
    logits = logits[0] if isinstance(logits, tuple) else logits
    targets = prediction.label_ids
    labels, *teacher = targets if isinstance(targets, tuple) else (targets,)
    predicted = logits.argmax(axis=1)
    found = {}
    known = labels != NO_LABEL
    if known.any():
        found["accuracy"] = float((predicted[known] == labels[known]).mean())
    if teacher:
        found["agreement"] = float((predicted == teacher[0].argmax(axis=1)).mean())
    return found
