"""What a student is trained to make small."""

from __future__ import annotations

import torch

KL, CROSS_ENTROPY_AND_COSINE = ("kl", "cross-entropy-cosine")


def distillation_loss(
    logits: torch.Tensor,
    teacher: torch.Tensor,
    labels: torch.Tensor,
    *,
    temperature: float,
    hard_weight: float,
    label_smoothing: float = 0.0,
    soft: str = KL,
) -> torch.Tensor:
    """The loss of a student, the mean over a batch.

    With ``kl`` it is that of Hinton et al. 2015 (arXiv 1503.02531), where the soft loss is
    T² KL(teacher || student). With ``cross-entropy-cosine`` the soft loss is that of MORPH
    (ICSE 2025): the cross-entropy of the student with the teacher plus one minus the cosine of
    their probability vectors, without a factor T².

    Args:
        logits: the student's, (n, k).
        teacher: log probabilities of the teacher, (n, k); up to a constant per row its logits.
        labels: class indices (n,), or NO_LABEL.
        temperature: T > 0 of both softmaxes.
        hard_weight: share of the cross-entropy with the labels, in [0, 1].
        label_smoothing: share of each label that is spread over all classes, in [0, 1).
        soft: ``kl`` or ``cross-entropy-cosine``.
    """
    student_log = torch.log_softmax(logits / temperature, dim=-1)
    teacher_log = torch.log_softmax(teacher / temperature, dim=-1)
    if soft == KL:
        divergence = torch.nn.functional.kl_div(
            student_log, teacher_log, log_target=True, reduction="batchmean"
        )
        soft_loss = temperature**2 * divergence
    else:
        p, q = teacher_log.exp(), student_log.exp()
        cross_entropy = -(p * student_log).sum(dim=-1)
        soft_loss = (cross_entropy + 1 - torch.nn.functional.cosine_similarity(p, q)).mean()
    loss = (1 - hard_weight) * soft_loss
    if hard_weight:
        loss = loss + hard_weight * torch.nn.functional.cross_entropy(
            logits, labels, label_smoothing=label_smoothing
        )
    return loss


def consistency_loss(
    logits: torch.Tensor, teacher: torch.Tensor, groups: torch.Tensor
) -> torch.Tensor:
    """How far a student's answers to inputs of one group are apart where its teacher's are alike.

    The mean over all pairs of a group for which the teacher predicts one class; 0 without such a
    pair. A pair adds the squared distance of its logits, each less the mean over its classes:
    unlike a distance of probabilities, it does not vanish where the student is sure (ours).

    Args:
        logits: the student's, (n, k).
        teacher: log probabilities of the teacher, (n, k).
        groups: of the inputs, (n,).
    """
    predicted = teacher.argmax(dim=-1)
    alike = (groups[:, None] == groups) & (predicted[:, None] == predicted)
    first, second = alike.triu(diagonal=1).nonzero(as_tuple=True)
    if not len(first):
        return logits.new_zeros(())
    centred = logits - logits.mean(dim=-1, keepdim=True)
    return (centred[first] - centred[second]).square().sum(dim=-1).mean()
