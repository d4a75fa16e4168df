"""Where in a counterexample teacher and student part."""

from __future__ import annotations

from pydantic import Field

from metacompress.runs.record import Figure, Record


class Stretch(Record):
    """A stretch of a program."""

    program: int = Field(description="number of the program, from 0 on")
    line: int = Field(description="line that it begins on, from 1 on")
    start: int = Field(description="its first character in the program, from 0 on")
    end: int = Field(description="the character behind it")


class LocatedLine(Record):
    """A line of the variant."""

    program: int = Field(description="number of the program, from 0 on")
    line: int = Field(description="number of the line, from 1 on")
    text: str = Field(description="the line")
    share: float = Field(description="sum of the shares of what is on it")


class LocatedToken(Record):
    """A token of the variant."""

    place: Stretch = Field(description="where it is")
    text: str = Field(description="the token")
    share: float = Field(
        description="its gradient times input by the sum over all tokens without their signs, in "
        "[-1, 1]; above 0 where the divergence grows with the token's vector"
    )


class LocatedEdit(Record):
    """An edit of the variant: the renaming of one name, or all that was done at one place."""

    transformation: str = Field(description="that made it")
    taken_together: int = Field(
        description="edits that were undone together; 1 unless there are more of them than queries"
    )
    before: str = Field(description="what it replaces first, in the source")
    after: str = Field(description="what stands there in the variant")
    source: list[Stretch] = Field(description="what it takes out of the source")
    variant: list[Stretch] = Field(description="what it puts into the variant")
    undone: Figure = Field(
        description="the magnitude where it alone is undone; null where that is no valid variant"
    )
    undone_violates: bool | None = Field(
        description="whether the relation is still violated where it alone is undone"
    )
    alone: Figure = Field(
        description="the magnitude where it alone is made; null where that is no valid variant"
    )
    alone_violates: bool | None = Field(
        description="whether the relation is violated where it alone is made"
    )
    refused: list[str] = Field(description="why one of the two is no valid variant")
    share: Figure = Field(
        description="how much of the magnitude goes with it: the mean of the fall where it is "
        "undone and the rise where it is made alone, by the sum over all edits without their "
        "signs, in [-1, 1]; below 0 where it holds the models together, null where no edit changes "
        "the magnitude"
    )


class EditReading(Record):
    """Occlusion: each edit undone alone, and made alone, as programs that the gate accepts.

    It tells edits apart, and not the places of one edit: all occurrences of a renamed name have
    the share of the renaming.
    """

    magnitude: float = Field(description="of the counterexample, in the relation's unit")
    source_magnitude: float = Field(description="of the source with itself")
    explained: Figure = Field(
        description="the sizes of all edits by the difference of these two: 1 where edits act by "
        "themselves or in pairs; null where one is not known"
    )
    queries: int = Field(description="inputs that the models were asked for, each once")
    edits: list[LocatedEdit] = Field(description="the largest share first")
    lines: list[LocatedLine] = Field(
        description="lines that an edit is on, the largest share first, 100 at most; an edit "
        "counts on every line that it is on"
    )


class GradientReading(Record):
    """Gradient times input of the divergence, per token.

    It is a property of the variant alone and of no other program: it says where the two models
    look, and not what an edit there would do.
    """

    divergence: float = Field(description="Jensen-Shannon, of the two answers to the variant; bits")
    tokens: list[LocatedToken] = Field(
        description="the largest share, without its sign, first; 100 at most"
    )
    rest: float = Field(description="sum of the other tokens' shares, without their signs")
    lines: list[LocatedLine] = Field(
        description="the largest share, without its sign, first; 100 at most"
    )


class Location(Record):
    """Where in a counterexample teacher and student part."""

    by_edits: EditReading | None = Field(
        description="occlusion by valid programs; null where the edits cannot be made again"
    )
    no_edits: str | None = Field(description="why there is no occlusion")
    by_gradients: GradientReading | None = Field(
        description="gradient times input; null unless both models tell their gradients"
    )
    no_gradients: str | None = Field(description="why there are no gradients")
