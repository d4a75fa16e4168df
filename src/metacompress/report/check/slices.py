"""Which slices a report shows, and what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.study.check.readings.slicing import Slices, SliceSummary

# More than a reader takes in; the table in the run directory has all of them.
_MOST = 8


def shown_slices(slices: Slices) -> list[SliceSummary]:
    """The slices and combinations that stand out most clearly, each property once."""
    ordered = sorted(slices.found + slices.combinations, key=lambda one: -one.log_e)
    by_name: dict[str, SliceSummary] = {}
    for one in ordered:
        by_name.setdefault(one.name, one)
    return list(by_name.values())[:_MOST]


def about_slices(slices: Slices, name: str | None) -> str:
    """How many slices stand out of how many; ``name`` is that of one student of several."""
    of_whom = "" if name is None else f"{name}: "
    wrong = f"{100 * slices.false_discovery_rate:g} %"
    if not slices.found and not slices.combinations:
        return f"{of_whom}None of {slices.tested} slices stands out."
    return (
        f"{of_whom}{len(slices.found)} of {slices.tested} slices and {len(slices.combinations)} of "
        f"{slices.combinations_tested} combinations stand out; of these at most {wrong} are "
        f"expected to do so by chance."
    )
