"""The stage in which teacher and students complete sources and variants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from metacompress.execution.program_tests import passes
from metacompress.study.completions.prompts import Cut, cut_of, moved_cut
from metacompress.study.completions.tables import (
    COMPLETIONS,
    SHARDS,
    LeftOut,
    completions_schema,
)
from metacompress.study.completions.written import Written, similarity
from metacompress.study.players import TEACHER
from metacompress.study.shards import write_by_shard
from metacompress.variants.alignment import kept_stretches, moved_place
from metacompress.variants.renaming import new_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Example, Program
    from metacompress.execution.program_tests import ProgramTests
    from metacompress.models.next_token.continuing import Continuation
    from metacompress.models.next_token.protocols import CompletingLanguageModel
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.completions.config import CompletionsConfig
    from metacompress.study.shards import Shard, SourceGroup

Row = dict[str, Any]
_Key = tuple[int, int]
# Enough sources that batches are full.
_SHARD_SIZE = 32


def completing_stage(
    config: CompletionsConfig,
    models: Mapping[str, CompletingLanguageModel],
    sources: Sequence[Example],
    attempts: StoredTable,
    tests: Mapping[str, ProgramTests],
    run: RunDirectory,
    progress: Progress,
) -> int:
    """Write the table of completions; go on where a run was killed.

    Args:
        config: of the study.
        models: the teacher and its students, by name.
        sources: the examples.
        attempts: the table of variants.
        tests: of programs that are to be run, by the id of the source.
        run: where the table goes.
        progress: shows the stage.

    Returns:
        how many programs the models were really asked about.
    """
    completer = _Completer(config, models, tests)
    return write_by_shard(
        {COMPLETIONS: completer.schema},
        lambda shard: [completer.table(shard)],
        sources,
        attempts,
        run,
        progress,
        directory=SHARDS,
        stage="completing programs",
        size=_SHARD_SIZE,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A program that is to be completed.

    Attributes:
        id: of the source or the variant.
        program: text and language.
        source: number of the source.
        variant: number of the variant, -1 of a source.
        cut: where it is cut, or why it is not.
        names: what names of the source are called in it.
        function: name of the function in the source, where it has one.
        tests: that the completed program is run on, if any.
    """

    id: str
    program: Program
    source: int
    variant: int
    cut: Cut | LeftOut
    names: Mapping[str, str]
    function: str | None
    tests: ProgramTests | None

    @property
    def key(self) -> _Key:
        """What tells it from all others."""
        return self.source, self.variant

    @property
    def prompt(self) -> str:
        """What a model reads; empty where it is not asked."""
        if isinstance(self.cut, LeftOut):
            return ""
        return self.program.text.encode()[: self.cut.place].decode()

    @property
    def alias(self) -> str:
        """What lets a test script call the function by its name in the source."""
        name = None if isinstance(self.cut, LeftOut) else self.cut.name
        if name is None or self.function is None or name == self.function:
            return ""
        return f"{self.function} = {name}\n"


class _Completer:
    """Makes the tables of shards, which depend on nothing else than these models and settings."""

    def __init__(
        self,
        config: CompletionsConfig,
        models: Mapping[str, CompletingLanguageModel],
        tests: Mapping[str, ProgramTests],
    ) -> None:
        self._config = config
        self._models = models
        self._tests = tests
        self._students = [name for name in models if name != TEACHER]
        self.schema = completions_schema(models, self._students)

    def table(self, shard: Shard) -> pa.Table:
        """The rows of a shard."""
        asked = [self._fitting(one) for group in shard.groups for one in self._asked(group)]
        completed = [one for one in asked if isinstance(one.cut, Cut)]
        prompts = [one.prompt for one in completed]
        written = {
            name: {
                one.key: self._read(one, found)
                for one, found in zip(
                    completed, model.continuations(prompts, self._config.tokens), strict=True
                )
            }
            for name, model in self._models.items()
        }
        rows = [self._row(one, written) for one in asked]
        return pa.Table.from_pylist(rows, schema=self.schema)

    def _asked(self, group: SourceGroup) -> list[_Asked]:
        (program,) = group.source.programs
        source = program.text.encode()
        tests = self._tests.get(group.source.id)
        cut = cut_of(program, self._config.lines, tests.names if tests else ())
        name = None if cut is None else cut.name
        asked = partial(_Asked, source=group.number, function=name, tests=tests)
        found = [asked(group.source.id, program, variant=-1, cut=cut or LeftOut.SHORT, names={})]
        for number, variant in enumerate(group.variants, start=group.first):
            (other,) = group.source.with_texts(variant.programs).programs
            moved: Cut | LeftOut = LeftOut.SHORT
            if cut is not None:
                place = moved_place(cut.place, source, kept_stretches(source, variant.edits))
                moved = LeftOut.MOVED if place is None else moved_cut(other, place)
            names = new_names(source, variant.edits)
            found.append(asked(variant.id, other, variant=number, cut=moved, names=names))
        return found

    def _fitting(self, one: _Asked) -> _Asked:
        """The same; left out where a model has no room for it."""
        if isinstance(one.cut, LeftOut):
            return one
        fits = all(
            0 < len(model.reader.prompt(one.prompt)) <= model.max_length - self._config.tokens
            for model in self._models.values()
        )
        return one if fits else replace(one, cut=LeftOut.LONG)

    def _row(self, one: _Asked, written: Mapping[str, Mapping[_Key, Written]]) -> Row:
        own = {"id": one.id, "source": one.source, "variant": one.variant}
        if isinstance(one.cut, LeftOut):
            return {**own, "left_out": str(one.cut)}
        found = {name: texts[one.key] for name, texts in written.items()}
        passing = _Passing(one)
        return {
            **own,
            "prompt": one.prompt,
            "program_passed": passing.program,
            "models": {
                name: {
                    "text": text.text,
                    "tokens": len(text.ends),
                    "end": str(text.end),
                    "kept": _kept(one, text, written[name].get((one.source, -1))),
                    "passed": passing.completed(text.text),
                }
                for name, text in found.items()
            },
            "students": {name: found[name].beside(found[TEACHER]) for name in self._students},
        }

    def _read(self, one: _Asked, found: Continuation) -> Written:
        assert isinstance(one.cut, Cut)
        return Written.of(found, one.prompt, one.program.language, one.cut.start, one.names)


def _kept(one: _Asked, found: Written, source: Written | None) -> float | None:
    """How similar a model's text of a variant is to that of the source; None of sources."""
    if one.variant < 0 or source is None:
        return None
    return similarity(found.plain, source.text)


class _Passing:
    """Whether a program passes its tests, as it is and with what was written in its place.

    Attributes:
        program: whether it does as it is; None where it has no tests.
    """

    def __init__(self, one: _Asked) -> None:
        self._one = one
        self._known: dict[str, bool] = {}
        self.program = None if one.tests is None else self._passes(one.program.text)

    def completed(self, text: str) -> bool | None:
        """Whether it does with a text behind the prompt; None where the program itself does not."""
        cut = self._one.cut
        if not self.program or isinstance(cut, LeftOut):
            return None
        rest = self._one.program.text.encode()[cut.end :].decode()
        return self._passes(self._one.prompt + text + rest)

    def _passes(self, text: str) -> bool:
        tests = self._one.tests
        assert tests is not None
        if text not in self._known:
            self._known[text] = passes(text, self._one.program.language, tests, self._one.alias)
        return self._known[text]
