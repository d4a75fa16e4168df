"""Load a data set from a file, a directory or the Hugging Face hub.

Layouts that are recognised by themselves:

- one table: a JSON Lines, CSV, TSV or Parquet file whose rows are examples;
- a directory of splits: ``train.jsonl``, ``valid.jsonl``, ``test.jsonl`` (CodeXGLUE Devign), in
  any of the table formats;
- BigCloneBench as in CodeXGLUE: ``functions.jsonl`` or ``data.jsonl`` with ``idx`` and ``func``,
  and per split a list of pairs without a header (``test_pairs.tsv`` or ``test.txt``);
- ``demo``: the embedded demo set;
- ``hub:NAME``: a data set of the Hugging Face hub, or a local directory in its formats.

Where a split is not there under the name asked for, its other names are tried (``valid``,
``validation``, ``dev``, ``val``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.characters import require_plain
from metacompress.data.dataset import DEFAULT_QUARANTINE_LIMIT, Dataset, check_quarantine
from metacompress.data.directories import (
    FUNCTION_FILES,
    PAIR_FILES,
    TABLE_FILES,
    file_of_split,
    first_existing,
)
from metacompress.data.example import Example, Program, pair_id
from metacompress.data.fields import (
    FieldMap,
    MalformedValueError,
    parse_code,
    parse_label,
    to_example,
    with_solution,
)
from metacompress.data.files import is_directory, require_regular_file
from metacompress.data.hub import hub_rows
from metacompress.data.in_memory import EXAMPLES
from metacompress.data.rows import QuarantinedRow, QuarantineReason, Row, read_rows
from metacompress.data.sampling import Chosen
from metacompress.data.splits import choose_split
from metacompress.data.task import TASKS
from metacompress.errors import UsageError
from metacompress.files.reads import note_read
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from metacompress.data.task import Task

HUB_PREFIX = "hub:"
DEMO = "demo"
_WATCHED_ROWS = 4096
_MANY_MALFORMED = 100_000


def load_dataset(
    location: str | Path,
    task: Task | str,
    *,
    split: str | None = None,
    fields: Mapping[str, str] | None = None,
    language: Language | str | None = None,
    limit: int | None = None,
    head: bool = False,
    sample_seed: int = 0,
    max_quarantined: float = DEFAULT_QUARANTINE_LIMIT,
    keep: Callable[[Example], bool] = lambda example: True,
    watch: Callable[[int], None] = lambda rows: None,
) -> Dataset:
    """Load examples of ``task``.

    Args:
        location: a file, a directory, ``demo`` or ``hub:NAME``.
        task: what the examples are for, or its name.
        split: ``train``, ``valid`` or ``test``; needed for directories and the hub. ``validation``,
            ``dev`` and ``val`` stand for ``valid``, and the other way round.
        fields: role to column, where the usual column names do not do (roles: code, or code1
            and code2; label, id, group, language).
        language: of the programs, where no column tells and the layout does not imply it; any name
            is accepted. Of the demo set only these programs are taken.
        limit: take a sample of so many usable examples only, in their order; all rows are read.
        head: take the first ``limit`` usable examples instead, and read no further.
        sample_seed: of the sample; one of a larger limit contains one of a smaller limit.
        max_quarantined: largest tolerated share of malformed rows, in [0, 1].
        keep: examples for which it is false are left out, before ``limit`` counts.
        watch: called with the number of rows read so far, every few thousand rows.

    Raises:
        DataError: a file is missing or unreadable, has no usable row, or too many malformed ones.
        UsageError: an argument does not fit the data.
    """
    require_plain([str(location), split, fields], "data")
    chosen = Chosen(limit, head=head, seed=sample_seed)
    task = TASKS.get(task) if isinstance(task, str) else task
    language = Language.parse(language) if language is not None else None
    source = str(location)
    given = dict(fields or {})
    outcomes: Iterator[tuple[int, str, Example] | QuarantinedRow]
    if source == DEMO:
        outcomes = _demo(task, split, language)
    elif source.startswith(HUB_PREFIX):
        name = source.removeprefix(HUB_PREFIX)
        outcomes = _read_table(hub_rows(name, split), task, given, language, source)
    else:
        outcomes = _read_path(Path(location), task, split, given, language)
    return _collected(outcomes, task, source, chosen, max_quarantined, keep, watch)


def dataset_of_rows(
    rows: Iterable[Mapping[str, Any]],
    task: Task,
    *,
    source: str = EXAMPLES,
    fields: Mapping[str, str] | None = None,
    language: Language | str | None = None,
    limit: int | None = None,
    head: bool = False,
    sample_seed: int = 0,
    max_quarantined: float = DEFAULT_QUARANTINE_LIMIT,
) -> Dataset:
    """Make examples of rows that are in memory, as ``load_dataset`` does of those of a table.

    Args:
        rows: one dictionary per example.
        task: what the examples are for.
        source: what the rows are called in messages and reports.
        fields: see ``load_dataset``, and so are the others.
        language: of the programs.
        limit: use only a sample of so many usable examples.
        head: use the first ``limit`` usable examples instead.
        sample_seed: of the sample.
        max_quarantined: largest tolerated share of malformed rows, from 0 to 1.

    Raises:
        DataError: there is no usable row, or too many are malformed.
    """
    chosen = Chosen(limit, head=head, seed=sample_seed)
    language = Language.parse(language) if language is not None else None
    numbered = (Row(number, values) for number, values in enumerate(rows, start=1))
    outcomes = _read_table(numbered, task, dict(fields or {}), language, source)
    return _collected(outcomes, task, source, chosen, max_quarantined)


def _collected(
    outcomes: Iterator[tuple[int, str, Example] | QuarantinedRow],
    task: Task,
    source: str,
    chosen: Chosen,
    max_quarantined: float,
    keep: Callable[[Example], bool] = lambda example: True,
    watch: Callable[[int], None] = lambda rows: None,
) -> Dataset:
    quarantine: list[QuarantinedRow] = []
    seen: set[str] = set()
    skipped = 0
    for count, outcome in enumerate(outcomes, start=1):
        if count % _WATCHED_ROWS == 0:
            watch(count)
            # A huge file of another kind must not be kept row by row until its end.
            check_quarantine(source, count, quarantine, max_quarantined, least=_MANY_MALFORMED)
        if isinstance(outcome, QuarantinedRow):
            quarantine.append(outcome)
            continue
        line, file, example = outcome
        if example.id in seen:
            detail = f"an earlier row has the id {example.id!r}"
            reason = QuarantineReason.DUPLICATE_ID
            quarantine.append(QuarantinedRow(file, line, reason, detail))
            continue
        seen.add(example.id)
        if not keep(example):
            skipped += 1
            continue
        chosen.offer(example)
        if chosen.complete:
            break
    rows = chosen.offered + skipped + len(quarantine)
    check_quarantine(source, rows, quarantine, max_quarantined)
    return Dataset(task, chosen.examples(), tuple(quarantine), source, skipped)


def _read_path(
    path: Path,
    task: Task,
    split: str | None,
    given: Mapping[str, str],
    language: Language | None,
) -> Iterator[tuple[int, str, Example] | QuarantinedRow]:
    if not is_directory(path):
        require_regular_file(path)
        return _read_table(read_rows(path), task, given, language, str(path))
    note_read(path)
    functions = first_existing(path, FUNCTION_FILES)
    if functions is not None:
        found = file_of_split(path, split, PAIR_FILES)
        if task.arity != 2:
            raise UsageError(
                f"{path} holds pairs of programs, {task.name} takes single programs", option="task"
            )
        return _read_pairs(functions, found, task, language or Language.JAVA)
    table = file_of_split(path, split, TABLE_FILES)
    return _read_table(read_rows(table), task, given, language, str(table))


def _read_table(
    rows: Iterator[Row | QuarantinedRow],
    task: Task,
    given: Mapping[str, str],
    language: Language | None,
    file: str,
) -> Iterator[tuple[int, str, Example] | QuarantinedRow]:
    fields: FieldMap | None = None
    for row in rows:
        if isinstance(row, QuarantinedRow):
            yield row
            continue
        row = Row(row.line, with_solution(row.values))
        if fields is None:
            fields = FieldMap.infer(row.values, task, given, file)
            if language is None and fields.code == ("func",) and fields.label == "target":
                language = Language.C  # the CodeXGLUE Devign layout
            if language is None and "entry_point" in row.values:
                language = Language.PYTHON  # the HumanEval layout
        outcome = to_example(row, fields, task, language, file)
        yield outcome if isinstance(outcome, QuarantinedRow) else (row.line, file, outcome)


def _read_pairs(
    functions: Path, pairs: Path, task: Task, language: Language
) -> Iterator[tuple[int, str, Example] | QuarantinedRow]:
    # Only the functions that the split asks for are kept in memory.
    listed = list(read_rows(pairs, columns=("id1", "id2", "label")))
    wanted = {
        str(row.values[column])
        for row in listed
        if isinstance(row, Row)
        for column in ("id1", "id2")
    }
    programs: dict[str, Program] = {}
    malformed: dict[str, str] = {}
    for row in read_rows(functions):
        if isinstance(row, QuarantinedRow):
            yield row
            continue
        name = str(row.values.get("idx", row.line))
        if name not in wanted or name in programs:
            continue
        try:
            programs[name] = Program(parse_code(row.values.get("func"), "func"), language)
        except MalformedValueError as error:
            malformed[name] = error.detail
            yield QuarantinedRow(str(functions), row.line, error.reason, error.detail)
    for row in listed:
        if isinstance(row, QuarantinedRow):
            yield row
            continue
        first, second = str(row.values["id1"]), str(row.values["id2"])
        missing = next((name for name in (first, second) if name not in programs), None)
        if missing is not None:
            why = malformed.get(missing, f"not in {functions.name}")
            detail = f"program {missing!r}: {why}"
            reason = QuarantineReason.UNKNOWN_PROGRAM
            yield QuarantinedRow(str(pairs), row.line, reason, detail)
            continue
        try:
            label = parse_label(row.values["label"], task)
        except MalformedValueError as error:
            yield QuarantinedRow(str(pairs), row.line, error.reason, error.detail)
            continue
        members = (programs[first], programs[second])
        example = Example(pair_id(first, second), members, label, None, (first, second))
        yield row.line, str(pairs), example


def _demo(
    task: Task, split: str | None, language: Language | None
) -> Iterator[tuple[int, str, Example]]:
    from metacompress.data.demo import SPLITS, demo_examples

    if split is None:
        raise UsageError(
            f"say which split of the demo set with --split: {', '.join(SPLITS)}", option="split"
        )
    split = choose_split(split, SPLITS, "the demo set")
    for number, example in enumerate(demo_examples(task, split, language), start=1):
        yield number, DEMO, example
