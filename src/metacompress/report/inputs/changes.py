"""The lines in which two texts differ, as a page holds them."""

from __future__ import annotations

from rapidfuzz.distance import Indel

Hunk = tuple[int, int, list[str]]


def changed_lines(old: str, new: str) -> list[Hunk]:
    """What makes ``new`` of ``old``, line by line.

    Returns:
        for each place: the index of the first line of ``old`` that is replaced, how many are, and
        the lines in their stead.
    """
    left, right = old.split("\n"), new.split("\n")
    hunks: list[Hunk] = []
    for step in Indel.opcodes(left, right):
        if step.tag == "equal":
            continue
        added = right[step.dest_start : step.dest_end]
        removed = step.src_end - step.src_start
        last = hunks[-1] if hunks else None
        # Deleting and inserting at one place is replacing.
        if last is not None and last[0] + last[1] == step.src_start:
            hunks[-1] = (last[0], last[1] + removed, last[2] + added)
        else:
            hunks.append((step.src_start, removed, added))
    return hunks
