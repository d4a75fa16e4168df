"""Inputs for programs whose problem is not known: numbers, small matrices, words, lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.execution.programs import Input

if TYPE_CHECKING:
    from numpy.random import Generator

_WORDS = ("abc", "level", "hello", "a", "zebra", "Noon", "x1y2", "banana")
# A file that a program opens by a plain name.
_FILE_NAME = re.compile(r'"([\w-]+(?:\.[\w-]+)*\.(?:in|txt|dat|inp|input))"')


def console_inputs(rng: Generator) -> tuple[Input, ...]:
    """For programs that read numbers or text; longer than needed, so that none meets the end."""
    small = [int(value) for value in rng.integers(1, 10, 120)]
    large = [int(value) for value in rng.integers(-50, 1000, 120)]
    words = [str(word) for word in rng.choice(_WORDS, 60)]
    count = int(rng.integers(3, 7))
    lines = [
        "\n".join(map(str, [count, *small])),
        f"{count}\n" + " ".join(map(str, sorted(small))) + "\n0 0\n",
        f"{count} {count}\n{_matrix(rng, count, count)}\n" + " ".join(map(str, small)),
        "\n".join(map(str, [count, *large])),
        f"{rng.integers(2, 400)} {rng.integers(1, 12)} {rng.integers(1, 28)}\n" + _pairs(small),
        f"{count}\n" + "\n".join(words),
        " ".join(words[:8]) + "\n" + "\n".join(words),
        f"{words[0]} {words[1]}\n" + "\n".join(words),
        f"{count}\n"
        + "\n".join(f"{word} {n} {m}" for word, n, m in zip(words, small, large, strict=False)),
        f"1\n{rng.integers(100, 9999)}\n0\n0 0\n",
        "(a(b)c)d)((e\n((x)\n" + "\n".join(words),
    ]
    return tuple(Input((text + "\n").encode()) for text in lines)


def contest_inputs(text: str, rng: Generator) -> tuple[Input, ...]:
    """For programs that read a number of cases first, from a file or from the console."""
    found = []
    for cases in (1, 3):
        size = int(rng.integers(2, 5))
        bodies = [
            "\n".join(f"{size}\n" + _row(rng, size) for _ in range(40)),
            "\n".join(f"{size} {size}\n{_matrix(rng, size, size)}" for _ in range(20)),
            "\n".join(
                f"{rng.integers(1, 30)} {rng.integers(1, 9)} {rng.integers(1, 9)}"
                for _ in range(60)
            ),
            "\n".join(str(value) for value in rng.integers(1, 40, 80)),
            "\n".join(str(word) for word in rng.choice(_WORDS, 40)),
            "\n".join(f"{size}\n" + "\n".join(rng.choice(_WORDS, size)) for _ in range(20)),
            "\n".join("".join(rng.choice(["+", "-"], size * 2)) + f" {size}" for _ in range(40)),
        ]
        found += [f"{cases}\n{body}\n".encode() for body in bodies]
    names = sorted(set(_FILE_NAME.findall(text)))
    return tuple(Input(body, tuple((name, body) for name in names)) for body in found)


def _row(rng: Generator, width: int) -> str:
    return " ".join(map(str, rng.integers(0, 20, width)))


def _matrix(rng: Generator, height: int, width: int) -> str:
    return "\n".join(_row(rng, width) for _ in range(height))


def _pairs(numbers: list[int]) -> str:
    return "\n".join(f"{a} {b}" for a, b in zip(numbers[::2], numbers[1::2], strict=False))
