"""Words that stand for classes, and the tokens that begin them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from metacompress.data.task import Task

_OPTION = "labels"


def label_tokens(
    given: str | None, task: Task, tokens_of: Callable[[str], Sequence[int]], name: str
) -> tuple[tuple[int, ...], ...]:
    """For each class, the tokens that begin the spellings of its word.

    A word alone stands for four spellings: as it is and with a capital, each with and without a
    space in front. A spelling that begins like one of another class tells nothing and is left
    out.

    Args:
        given: ``no,yes`` or, with the spellings stated, ``no|No,yes|Yes``, in the order of the
            task's classes; None for the task's own labels.
        task: what is asked.
        tokens_of: token ids of a text.
        name: of the model, for messages.

    Raises:
        UsageError: another number of words than the task has classes, an empty one, or spellings
            that begin with the same token.
    """
    words, stated, spellings = _words(given, task, name)
    begins = [
        dict.fromkeys(_first(spelling, tokens_of, name) for spelling in group)
        for group in spellings
    ]
    found = []
    for number, own in enumerate(begins):
        others = {token for other, ids in enumerate(begins) if other != number for token in ids}
        telling = tuple(token for token in own if token not in others)
        if not telling or (stated[number] and len(telling) < len(own)):
            twin = next(
                words[other]
                for other, ids in enumerate(begins)
                if other != number and own.keys() & ids.keys()
            )
            raise UsageError(
                f"{name}: the label words {words[number]!r} and {twin!r} begin with the same "
                f"token, so that the next token does not tell them apart; choose others with "
                f"?labels=",
                option=_OPTION,
            )
        found.append(telling)
    return tuple(found)


def label_spellings(given: str | None, task: Task, name: str) -> tuple[tuple[str, ...], ...]:
    """The spellings of the word of each class; see ``label_tokens``.

    Raises:
        UsageError: another number of words than the task has classes, or an empty one.
    """
    words, _, spellings = _words(given, task, name)
    for word, group in zip(words, spellings, strict=True):
        if not all(one.strip() for one in group):
            raise UsageError(
                f"{name}: the label word {word!r} has an empty spelling; write words between the "
                f"commas",
                option=_OPTION,
            )
    return tuple(map(tuple, spellings))


def _words(
    given: str | None, task: Task, name: str
) -> tuple[list[str], list[bool], list[list[str]]]:
    """Words of classes, whether their spellings are stated, and these."""
    words = list(task.labels) if given is None else given.split(",")
    if len(words) != len(task.labels):
        raise UsageError(
            f"{name}: labels={given} are {len(words)} words, and {task.name} has "
            f"{len(task.labels)} classes ({', '.join(task.labels)}); write one word per class, "
            f"in this order",
            option=_OPTION,
        )
    stated = ["|" in word for word in words]
    spellings = [
        word.split("|") if is_stated else _usual_spellings(word.strip())
        for word, is_stated in zip(words, stated, strict=True)
    ]
    return words, stated, spellings


def _usual_spellings(word: str) -> list[str]:
    capital = word[:1].upper() + word[1:]
    return [f"{space}{one}" for one in (word, capital) for space in ("", " ")]


def _first(spelling: str, tokens_of: Callable[[str], Sequence[int]], name: str) -> int:
    ids = tokens_of(spelling) if spelling.strip() else ()
    if not ids:
        raise UsageError(
            f"{name}: the label word {spelling!r} has no token; write words between the commas",
            option=_OPTION,
        )
    return ids[0]
