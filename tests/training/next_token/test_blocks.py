"""The loss over blocks of tokens, against whole logits and NumPy."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import log_softmax

from metacompress.models.next_token.head import OutputHead
from metacompress.training.next_token.blocks import token_loss


def _head(width: int, hidden: int, **changed: float) -> OutputHead:
    linear = torch.nn.Linear(hidden, width, bias=False, dtype=torch.float64)
    return OutputHead(linear, changed.get("scale", 1.0), changed.get("cap"), width)


@settings(max_examples=20, deadline=None)
@given(
    tokens=st.integers(1, 9),
    widths=st.tuples(st.integers(2, 12), st.integers(2, 12)),
    temperature=st.sampled_from([0.5, 1.0, 3.0]),
    weight=st.sampled_from([0.0, 0.3, 1.0]),
    block=st.integers(1, 200),
    seed=st.integers(0, 99),
)
def test_the_loss_and_its_gradient_are_those_of_whole_logits(
    tokens: int,
    widths: tuple[int, int],
    temperature: float,
    weight: float,
    block: int,
    seed: int,
) -> None:
    torch.manual_seed(seed)
    narrow = min(widths)
    student, teacher = _head(widths[0], 5, scale=1.5), _head(widths[1], 4, cap=2.0)
    own = torch.randn(tokens, 5, dtype=torch.float64, requires_grad=True)
    given_states = torch.randn(tokens, 4, dtype=torch.float64)
    ids = torch.randint(narrow, (tokens,))
    options = {"temperature": temperature, "hard_weight": weight}
    found = token_loss((student, own), (teacher, given_states), ids, **options, block=block)
    found.backward()
    matrix = student.linear.weight
    q, p = (
        head(states).detach().numpy()[:, :narrow]
        for head, states in ((student, own), (teacher, given_states))
    )
    log_q, log_p = (log_softmax(logits / temperature, axis=1) for logits in (q, p))
    soft = temperature**2 * (np.exp(log_p) * (log_p - log_q)).sum(axis=1).mean()
    hard = -log_softmax(q, axis=1)[np.arange(tokens), ids].mean()
    assert found.item() == pytest.approx((1 - weight) * soft + weight * hard, rel=1e-6, abs=1e-12)
    # The gradient of the logits by its formula, and the chain rule from there.
    one_hot = np.eye(narrow)[ids]
    of_logits = (1 - weight) * temperature * (np.exp(log_q) - np.exp(log_p))
    of_logits += weight * (np.exp(log_softmax(q, axis=1)) - one_hot)
    of_logits *= student.scale / tokens
    np.testing.assert_allclose(
        own.grad, of_logits @ matrix.detach().numpy()[:narrow], rtol=1e-6, atol=1e-12
    )
    np.testing.assert_allclose(
        matrix.grad[:narrow], of_logits.T @ own.detach().numpy(), rtol=1e-6, atol=1e-12
    )
    assert (matrix.grad[narrow:] == 0).all()


def test_without_a_teacher_it_is_the_cross_entropy() -> None:
    torch.manual_seed(0)
    head, states, ids = _head(7, 3), torch.randn(5, 3, dtype=torch.float64), torch.arange(5)
    found = token_loss((head, states), None, ids, temperature=9.0, hard_weight=1.0, block=14)
    expected = torch.nn.functional.cross_entropy(head(states), ids)
    assert found.item() == pytest.approx(expected.item(), rel=1e-9)


def test_logits_of_one_block_stand_in_memory_at_a_time() -> None:
    """What the graph keeps for the gradient grows with the states, not with the vocabulary."""
    kept: list[int] = []

    def note(tensor: torch.Tensor) -> torch.Tensor:
        kept.append(tensor.numel())
        return tensor

    student, teacher = _head(1000, 4), _head(1000, 4)
    own = torch.randn(64, 4, dtype=torch.float64, requires_grad=True)
    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        loss = token_loss(
            (student, own), (teacher, own.detach()), torch.arange(64), temperature=1.0,
            hard_weight=0.5, block=8000,
        )  # fmt: skip
    assert max(kept) < 1000
    loss.backward()
    assert own.grad is not None
