"""How far a student's distribution of the next token is from its teacher's, position by position.

Divergences are in nats, as perplexities are powers of e. Everything is computed in float64 from
the logits of a block of positions, which are let go before the next block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from metacompress.errors import PredictionError
from metacompress.models.runtime.torch_runtime import STEADY_ROWS, inference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from metacompress.models.next_token.head import OutputHead
    from metacompress.models.next_token.reading import ReadProgram

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    # A head, and the final states (n, h) of a program.
    Answer = tuple[OutputHead, torch.Tensor]

# Logits of a block of positions: 32 MiB as float64.
_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class TokenScores:
    """What one model says of m tokens.

    Attributes:
        log_likelihood: float64 (m,); natural logarithm of the probability of each token.
        top: int64 (m,); the most likely token in its place, the lowest id of several.
    """

    log_likelihood: Floats
    top: Ints


@dataclass(frozen=True, slots=True)
class TokenDivergences:
    """A student beside its teacher on m tokens.

    Attributes:
        scores: of the student.
        kl: float64 (m,); KL(teacher || student), in nats.
        reverse_kl: float64 (m,); KL(student || teacher), in nats.
        total_variation: float64 (m,); in [0, 1].
    """

    scores: TokenScores
    kl: Floats
    reverse_kl: Floats
    total_variation: Floats


@dataclass(frozen=True, slots=True)
class ProgramDivergences:
    """The targets of one program.

    Attributes:
        teacher: what the teacher says of them.
        students: beside it, by name.
    """

    teacher: TokenScores
    students: dict[str, TokenDivergences]


def program_divergences(
    program: ReadProgram,
    teacher: Answer,
    students: Mapping[str, Answer],
) -> ProgramDivergences:
    """Compare models on the targets of one program.

    Heads of different widths are cut to the narrowest one: what lies behind it is padding, which
    no tokenizer makes.

    Args:
        program: that was read.
        teacher: its head, and its final states (n, h).
        students: likewise, by name.

    Raises:
        PredictionError: a logit is not a number.
    """
    width = min(head.width for head, _ in (teacher, *students.values()))
    of_teacher = [np.empty((2, 0))]
    of_students = {name: [np.empty((5, 0))] for name in students}
    with inference():
        room = _Room(program, width, teacher[1].device)
        for targets in _blocks(program.targets, width):
            ids = torch.from_numpy(program.ids[targets])
            log_p = room.log_probabilities("teacher", teacher, targets, of_teacher=True)
            of_teacher.append(_scores(log_p, ids))
            for name, answer in students.items():
                log_q = room.log_probabilities(name, answer, targets)
                found = [_scores(log_q, ids), room.divergences(log_p, log_q)]
                of_students[name].append(np.concatenate(found))
    return ProgramDivergences(
        _token_scores(np.concatenate(of_teacher, axis=1)),
        {
            name: TokenDivergences(_token_scores(values[:2]), *values[2:])
            for name, blocks in of_students.items()
            for values in [np.concatenate(blocks, axis=1)]
        },
    )


def log_likelihoods(program: ReadProgram, name: str, answer: Answer) -> Floats:
    """Natural logarithms of the probabilities of the targets of a program, (m,).

    Args:
        program: that was read.
        name: of the model.
        answer: its head, and its final states (n, h).

    Raises:
        PredictionError: a logit is not a number.
    """
    width = answer[0].width
    found = [np.empty(0)]
    with inference():
        room = _Room(program, width, answer[1].device)
        for targets in _blocks(program.targets, width):
            log_p = room.log_probabilities(name, answer, targets)
            found.append(_scores(log_p, torch.from_numpy(program.ids[targets]))[0])
    return np.concatenate(found)


def _blocks(targets: Ints, width: int) -> Iterator[Ints]:
    step = _step(width)
    for start in range(0, len(targets), step):
        yield targets[start : start + step]


def _step(width: int) -> int:
    """Positions in a block."""
    return max(_BLOCK // width, STEADY_ROWS)


class _Room:
    """Arrays of one block of positions that every step writes over.

    New arrays in each step, of a size that the program's length decides, left gigabytes in pieces
    that the allocator could not use again.

    Args:
        program: whose targets are measured.
        width: tokens that have a probability.
        device: where the arrays are.
    """

    def __init__(self, program: ReadProgram, width: int, device: torch.device) -> None:
        size = _step(width), width
        count = 5 if len(program.targets) else 0
        self._width = width
        self._arrays = [torch.empty(size, dtype=torch.float64, device=device) for _ in range(count)]

    def log_probabilities(
        self, name: str, answer: Answer, targets: Ints, *, of_teacher: bool = False
    ) -> torch.Tensor:
        """Logarithms of the probabilities of every token in the places of b targets, (b, width).

        Args:
            name: of the model.
            answer: its head, and its final states (n, h).
            targets: (b,).
            of_teacher: they stay until the next block, and others until the next model.
        """
        head, states = answer
        # A token is predicted from the state of the one before it.
        before = torch.from_numpy(targets - 1).to(states.device)
        logits = head(states[before])[:, : self._width]
        if torch.isnan(logits).any():
            raise PredictionError(f"{name}: a logit is not a number", model=name)
        teacher, other, wide, *_ = (one[: len(targets)] for one in self._arrays)
        return torch.log_softmax(wide.copy_(logits), dim=-1, out=teacher if of_teacher else other)

    def divergences(self, log_p: torch.Tensor, log_q: torch.Tensor) -> Floats:
        """KL both ways and total variation, (3, b); writes over ``log_q``."""
        *_, ratio, p, products = (one[: len(log_p)] for one in self._arrays)
        torch.sub(log_p, log_q, out=ratio)
        torch.exp(log_p, out=p)
        q = log_q.exp_()
        found = [
            _mean(p, ratio, products),
            _mean(q, ratio.neg_(), products),
            p.sub_(q).abs_().sum(dim=1) / 2,
        ]
        values: Floats = torch.stack(found).clamp_min(0).cpu().numpy()
        return values


def _mean(p: torch.Tensor, values: torch.Tensor, products: torch.Tensor) -> torch.Tensor:
    """The means (b,) of values under ``p``; what has no probability has no part in them.

    Args:
        p: probabilities (b, v).
        values: (b, v).
        products: written over, (b, v).
    """
    infinite = float("inf")
    torch.mul(p, values, out=products).nan_to_num_(nan=0.0, posinf=infinite, neginf=-infinite)
    return products.sum(dim=1)


def _scores(log_p: torch.Tensor, ids: torch.Tensor) -> Floats:
    """Log likelihood of the tokens ``ids`` (b,), and the most likely tokens; (2, b)."""
    chosen = log_p.gather(1, ids.to(log_p.device)[:, None])[:, 0]
    return np.stack([chosen.cpu().numpy(), log_p.argmax(dim=-1).cpu().numpy()])


def _token_scores(values: Floats) -> TokenScores:
    log_likelihood, top = values
    return TokenScores(log_likelihood, top.astype(np.int64))
