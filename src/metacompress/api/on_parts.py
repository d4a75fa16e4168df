"""Results of studies of language models, whose relations are judged on parts of the inputs."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from metacompress.api.results import StudyResult
from metacompress.api.shown import rate_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from metacompress.data.part import Part
    from metacompress.stats.verdict import Verdict
    from metacompress.study.judged import JudgedPart, RelationOnParts


class ResultOnParts(StudyResult):
    """A finished study of language models."""

    @property
    @abstractmethod
    def verdict(self) -> Verdict | None:
        """Pass, fail or undecided, over all relations; None where there are none."""

    @property
    def variants(self) -> pa.Table:
        """One row per requested variant: its refusal, or its programs and edits."""
        return self._run.read_table("variants.parquet")

    @abstractmethod
    def _relations(self) -> Mapping[str, Mapping[str, RelationOnParts]]:
        """Relations by student and name."""

    def _judged(self) -> Iterator[tuple[str, str, Part, JudgedPart]]:
        for student, relations in self._relations().items():
            for name, relation in relations.items():
                for part, judged in relation.parts():
                    yield student, name, part, judged

    def _records(self) -> list[dict[str, Any]]:
        return [
            {"student": student, "relation": name, "part": str(part), **judged.content()}
            for student, name, part, judged in self._judged()
        ]

    def _title(self) -> str:
        return f"{type(self).__name__}: {self.verdict}"

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        return ("verdict", "student", "relation", "inputs", "value (interval)"), [
            (
                judged.verdict or "–",
                student,
                name,
                part.words,
                rate_text(judged.value, judged.low, judged.high),
            )
            for student, name, part, judged in self._judged()
        ]
