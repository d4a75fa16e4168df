"""Turn a row of a table into an example, or say why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.data.example import Example, Place, Program
from metacompress.data.rows import QuarantinedRow, QuarantineReason
from metacompress.errors import DataError, UsageError
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.rows import Row
    from metacompress.data.task import Task

# Column names that are understood without a field mapping, tried in this order.
_USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("code", "func", "function", "source", "program", "text"),
    "code1": ("code1", "func1", "program1", "source1", "text1"),
    "code2": ("code2", "func2", "program2", "source2", "text2"),
    "label": ("label", "target", "is_clone"),
    "id": ("id", "idx", "task_id"),
    "group": ("group",),
    "language": ("language", "lang"),
    "language1": ("language1", "lang1"),
    "language2": ("language2", "lang2"),
    "file": ("file", "path"),
    "file1": ("file1", "path1"),
    "file2": ("file2", "path2"),
    "line": ("line", "start_line"),
    "line1": ("line1", "start_line1"),
    "line2": ("line2", "start_line2"),
}


# As tools write an index: pandas makes 1.0 of it where other rows have none.
_INDEX = re.compile(r"[0-9]{1,9}(\.0*)?")
_NUMBER = re.compile(r"-?[0-9]+(\.0*)?")
_TRUTH = {"false": "0", "true": "1"}
_LONGEST_NAME = 40  # of a column in a message: a file without a header has its first row there


class MalformedValueError(Exception):
    """A row that cannot become an example; carries the reason of its quarantine."""

    def __init__(self, reason: QuarantineReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Which column holds what; a column that is None does not exist in the table."""

    code: tuple[str, ...]
    label: str | None
    id: str | None
    group: str | None
    # One per program; the two of a pair may share a column.
    language: tuple[str | None, ...]
    # One per program.
    file: tuple[str | None, ...]
    line: tuple[str | None, ...]

    @classmethod
    def infer(
        cls, columns: Mapping[str, Any], task: Task, given: Mapping[str, str], file: str
    ) -> FieldMap:
        """Combine the fields ``given`` by the user with the usual names of columns.

        Raises:
            UsageError: ``given`` names a field that there is not, or a missing column.
            DataError: no column holds the code.
        """

        def each(role: str) -> tuple[str, ...]:
            return (role,) if task.arity == 1 else (f"{role}1", f"{role}2")

        roles, files, lines = each("code"), each("file"), each("line")
        languages = () if task.arity == 1 else each("language")
        allowed = (*roles, "label", "id", "group", "language", *languages, *files, *lines)
        for role, column in given.items():
            if role not in allowed:
                raise UsageError(
                    f"unknown field {role!r}; known: {', '.join(allowed)}", option="fields"
                )
            if column not in columns:
                have = ", ".join(map(str, columns))
                raise UsageError(
                    f"{file}: no column {column!r} for {role}; columns: {have}", option="fields"
                )

        def find(role: str) -> str | None:
            usual = (name for name in _USUAL_NAMES[role] if name in columns)
            return given.get(role) or next(usual, None)

        code = [find(role) for role in roles]
        if None in code:
            have = ", ".join(map(_name, columns)) or "none"
            raise DataError(
                f"{file}: no column for {' and '.join(roles)} (columns: {have}); "
                f"{_way_out(columns, roles)}",
                path=file,
                field=" and ".join(roles),
            )
        return cls(
            code=tuple(name for name in code if name is not None),
            label=find("label"),
            id=find("id"),
            group=find("group"),
            language=tuple(find(role) or find("language") for role in languages)
            or (find("language"),),
            file=tuple(map(find, files)),
            line=tuple(map(find, lines)),
        )


def _way_out(columns: Mapping[str, Any], roles: tuple[str, ...]) -> str:
    """How a table becomes readable in which no column holds the code."""
    name = f"name it with --field {roles[0]}=COLUMN"
    only = str(next(iter(columns), "")) if len(columns) == 1 else ""
    if any(one in only for one in ";,\t|{"):
        return (
            "the first line is one cell: .csv files have commas between names of columns, "
            ".tsv and .txt files tabs, and JSON Lines end in .jsonl"
        )
    if len(roles) > 1:
        return (
            f"{name}; of lists of pairs, give the directory, with functions.jsonl in it, and "
            f"--split"
        )
    return name


def _name(column: object) -> str:
    text = str(column)
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 3] + "..."


def with_solution(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row with its whole program: HumanEval has it as a prompt and what belongs behind it."""
    parts = [values.get(name) for name in ("prompt", "canonical_solution")]
    if "code" in values or not all(isinstance(one, str) for one in parts):
        return values
    return {"code": "".join(map(str, parts)), **values}


def parse_label(value: object, task: Task) -> int:
    """Return the class index that ``value`` (class name, index, digits or bool) stands for.

    Where names of classes are numbers, a number is a name and no index: of the classes 1, 2
    and 3, the label 1 is the first.
    """
    text = _written(value)
    number = text.partition(".")[0] if _NUMBER.fullmatch(text) else None
    if len(task.labels) == len(_TRUTH):
        number = _TRUTH.get(text.lower(), number)
    for name in (text, number):
        if name in task.labels:
            return task.labels.index(name)
    is_index = _INDEX.fullmatch(number or "") and not any(map(_NUMBER.fullmatch, task.labels))
    if number is not None and is_index and int(number) < len(task.labels):
        return int(number)
    known = ", ".join(f"{index} or {name!r}" for index, name in enumerate(task.labels))
    raise MalformedValueError(
        QuarantineReason.WRONG_LABEL, f"label {_shorten(value)} is none of {known}"
    )


def _written(value: object) -> str:
    """A label as text; empty for what is none."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, (str, int, float)):
        return ""
    try:
        return str(value).strip()
    except ValueError:  # an integer of more digits than Python writes
        return ""


def parse_code(value: object, column: str) -> str:
    """Return ``value`` as program text."""
    if value is None:
        raise MalformedValueError(QuarantineReason.MISSING_FIELD, f"field {column!r} is missing")
    if not isinstance(value, str):
        raise MalformedValueError(
            QuarantineReason.BAD_ROW, f"field {column!r} is no text but {type(value).__name__}"
        )
    if not value.strip():
        raise MalformedValueError(QuarantineReason.EMPTY_CODE, f"field {column!r} is empty")
    return _encodable(value, column)


def parse_name(value: object, column: str) -> str:
    """Return ``value``, a text or a number, as the id or group that it names."""
    try:
        return _encodable(str(value), column)
    except ValueError:
        raise MalformedValueError(
            QuarantineReason.BAD_ROW, f"field {column!r} is a number of too many digits"
        ) from None


def _encodable(text: str, column: str) -> str:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise MalformedValueError(
                QuarantineReason.BAD_ENCODING,
                f"field {column!r} holds a lone surrogate at character {error.start}",
            ) from None
    return text


def to_example(
    row: Row, fields: FieldMap, task: Task, language: Language | None, file: str
) -> Example | QuarantinedRow:
    """Build the example of a row; without an id column, the line number is the id."""
    try:
        programs = tuple(
            Program(
                parse_code(row.values.get(column), column), _row_language(row, stated, language)
            )
            for column, stated in zip(fields.code, fields.language, strict=True)
        )
        label = None
        if fields.label is not None and task.labels:
            if fields.label not in row.values:
                raise MalformedValueError(
                    QuarantineReason.MISSING_FIELD, f"field {fields.label!r} is missing"
                )
            value = row.values[fields.label]
            # An empty cell is how CSV and TSV write that there is none.
            label = None if value is None or value == "" else parse_label(value, task)
        example_id = str(row.line)
        if fields.id is not None:
            if row.values.get(fields.id) is None:
                raise MalformedValueError(
                    QuarantineReason.MISSING_FIELD, f"field {fields.id!r} is missing"
                )
            example_id = parse_name(row.values[fields.id], fields.id)
        group = row.values.get(fields.group) if fields.group else None
        return Example(
            id=example_id,
            programs=programs,
            label=label,
            group=None if group is None else parse_name(group, fields.group or "group"),
            program_ids=_program_ids(row, example_id, programs),
            places=_places(row, fields),
        )
    except MalformedValueError as error:
        return QuarantinedRow(file, row.line, error.reason, error.detail)


def _program_ids(row: Row, example_id: str, programs: tuple[Program, ...]) -> tuple[str, ...]:
    if len(programs) == 1:
        return (example_id,)
    # The same program in two pairs is the same one, also where nothing names it.
    return tuple(
        parse_name(row.values.get(column, program.content_key()), column)
        for column, program in zip(("id1", "id2"), programs, strict=True)
    )


def _places(row: Row, fields: FieldMap) -> tuple[Place | None, ...]:
    """Where the programs stand. What is no path or no line is none: no result depends on it."""
    if not any(fields.file):
        return ()
    found: list[Place | None] = []
    for file, line in zip(fields.file, fields.line, strict=True):
        path = row.values.get(file or "")
        number = str(row.values.get(line or "", ""))
        first = int(float(number)) if _INDEX.fullmatch(number) else 1
        is_path = isinstance(path, str) and path.strip() and "\0" not in path
        found.append(Place(str(path), max(first, 1)) if is_path else None)
    return tuple(found)


def _row_language(row: Row, column: str | None, language: Language | None) -> Language:
    if column is None:
        if language is None:
            raise UsageError(
                "the language of the programs is not known; give --language c, java, go, ...",
                option="language",
            )
        return language
    value = row.values.get(column)
    if not isinstance(value, str):
        raise MalformedValueError(
            QuarantineReason.WRONG_LANGUAGE, f"field {column!r} is not text: {_shorten(value)}"
        )
    try:
        return Language.parse(value)
    except UsageError as error:
        raise MalformedValueError(QuarantineReason.WRONG_LANGUAGE, str(error)) from None


def _shorten(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:
        return "a number of too many digits"
    return text if len(text) <= 40 else text[:37] + "..."
