"""Own data in the shapes that people have, whole and broken: what ``metacompress predict`` says.

    python benchmarks/data_shapes.py > benchmarks/results/data-shapes.json

Prints JSON. Every file holds the same twelve functions, or pairs of them; the model is
a mock, so that only the data matter. Needs the extra hub for the data set that is saved.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.cli.app import run_command
from metacompress.cli.exits import status_of

if TYPE_CHECKING:
    from collections.abc import Callable

VULNERABILITY, CLONES = "vulnerability-prediction", "clone-detection"
ROWS: list[dict[str, Any]] = [
    {"idx": k, "func": f'int f{k}(int a)\n{{\n\treturn a + {k}; /* "{k}" */\n}}', "target": k % 2}
    for k in range(12)
]
ONE_LINE = [row | {"func": " ".join(row["func"].split())} for row in ROWS]


@dataclass(frozen=True)
class Case:
    """One shape.

    Attributes:
        name: what is given.
        path: of the data, below a folder of its own.
        write: makes it.
        options: beside --data, --task and --model.
        task: of the data.
    """

    name: str
    path: str
    write: Callable[[Path], None]
    options: tuple[str, ...] = ()
    task: str = VULNERABILITY


def jsonl(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def table(rows: list[dict[str, Any]], **style: Any) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n", **style)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def bare(rows: list[dict[str, Any]]) -> str:
    cells = [list(rows[0]), *(map(str, row.values()) for row in rows)]
    return "".join("\t".join(row) + "\n" for row in cells)


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content.encode(encoding)) and None


def files(**contents: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        folder.mkdir()
        for name, content in contents.items():
            stem, _, suffix = name.rpartition("_")
            (folder / f"{stem}.{suffix}").write_text(content)

    return write


def renamed(**names: str) -> list[dict[str, Any]]:
    return [{names.get(key, key): value for key, value in row.items()} for row in ROWS]


def labelled(label: Callable[[int], Any]) -> list[dict[str, Any]]:
    return [row | {"target": label(row["target"])} for row in ROWS]


def saved(path: Path) -> None:
    from datasets import Dataset, disable_progress_bars

    disable_progress_bars()
    Dataset.from_list(ROWS).save_to_disk(str(path))


QUOTED = {"quoting": csv.QUOTE_ALL}
TABBED = {"delimiter": "\t"}
PAIRS = "".join(f"{k}\t{(k + 1) % 12}\t{k % 2}\n" for k in range(12))
JAVASCRIPT = [row | {"func": f"function f(a) {{ return a + {row['idx']}; }}"} for row in ROWS]
GERMAN = [
    row | {"func": f"int f(int a) {{ return a; /* größer {k} */ }}"} for k, row in enumerate(ROWS)
]

CASES = [
    Case("JSON Lines", "d.jsonl", text(jsonl(ROWS))),
    Case("JSON array", "d.json", text(json.dumps(ROWS, indent=1))),
    Case("CSV, labels 1.0", "d.csv", text(table(labelled(float)))),
    Case("TSV, quoted", "d.tsv", text(table(ROWS, **TABBED, **QUOTED))),
    Case("TSV, bare", "d.tsv", text(bare(ONE_LINE))),
    Case(
        "pairs as CodeXGLUE has them (data.jsonl, test.txt)",
        "d",
        files(data_jsonl=jsonl(ROWS), test_txt=PAIRS),
        ("--split", "test"),
        task=CLONES,
    ),
    Case(
        "pairs, functions.jsonl, test_pairs.tsv",
        "d",
        files(functions_jsonl=jsonl(ROWS), test_pairs_tsv=PAIRS),
        ("--split", "test"),
        task=CLONES,
    ),
    Case("pairs, the list of pairs alone", "test.txt", text(PAIRS), task=CLONES),
    Case("Parquet", "d.parquet", lambda path: pq.write_table(pa.Table.from_pylist(ROWS), path)),
    Case(
        "JSON Lines, gzip",
        "d.jsonl.gz",
        lambda path: path.write_bytes(gzip.compress(jsonl(ROWS).encode())) and None,
    ),
    Case("data set of save_to_disk, hub:", "d", saved, ("--data", "hub:d")),
    Case("the same, as a path", "d", saved),
    Case(
        "directory train, dev, test",
        "d",
        files(train_jsonl=jsonl(ROWS), dev_jsonl=jsonl(ROWS), test_jsonl=jsonl(ROWS)),
        ("--split", "valid"),
    ),
    Case(
        "directory, split not named",
        "d",
        files(train_jsonl=jsonl(ROWS), dev_jsonl=jsonl(ROWS), test_jsonl=jsonl(ROWS)),
    ),
    Case(
        "directory my_train, my_test",
        "d",
        files(my_train_jsonl=jsonl(ROWS), my_test_jsonl=jsonl(ROWS)),
        ("--split", "test"),
    ),
    Case(
        "other columns, --field",
        "d.jsonl",
        text(jsonl(renamed(func="snippet", target="bug"))),
        ("--field", "code=snippet", "--field", "label=bug", "--language", "c"),
    ),
    Case(
        "other columns, no language",
        "d.jsonl",
        text(jsonl(renamed(func="snippet", target="bug"))),
        ("--field", "code=snippet", "--field", "label=bug"),
    ),
    Case(
        "other columns, nothing said", "d.jsonl", text(jsonl(renamed(func="snippet", target="bug")))
    ),
    Case(
        "label column not named",
        "d.jsonl",
        text(jsonl(renamed(target="is_bug"))),
        ("--language", "c"),
    ),
    Case("JavaScript", "d.jsonl", text(jsonl(JAVASCRIPT)), ("--language", "js")),
    Case("byte order mark, JSON Lines", "d.jsonl", text(jsonl(ROWS), "utf-8-sig")),
    Case("byte order mark, CSV", "d.csv", text(table(ROWS), "utf-8-sig")),
    Case("CRLF, CSV", "d.csv", text(table(ONE_LINE).replace("\n", "\r\n"))),
    Case("CRLF, JSON Lines", "d.jsonl", text(jsonl(ROWS).replace("\n", "\r\n"))),
    Case("Latin-1", "d.jsonl", text(jsonl(GERMAN), "latin-1")),
    Case("UTF-16 (Excel's Unicode text)", "d.csv", text(table(ONE_LINE), "utf-16")),
    Case("CSV with semicolons", "d.csv", text(table(ONE_LINE, delimiter=";"))),
    Case("CSV without a header", "d.csv", text("\n".join(table(ONE_LINE).splitlines()[1:]) + "\n")),
    Case("empty file", "d.jsonl", text("")),
    Case("one row", "d.jsonl", text(jsonl(ROWS[:1]))),
    Case("no row, CSV", "d.csv", text(table(ROWS[:1]).splitlines()[0] + "\n")),
    Case("ids repeated", "d.jsonl", text(jsonl([row | {"idx": 7} for row in ROWS]))),
    Case(
        "labels safe and vulnerable",
        "d.jsonl",
        text(jsonl(labelled(lambda y: ("safe", "vulnerable")[y]))),
    ),
    Case("labels yes and no", "d.jsonl", text(jsonl(labelled(lambda y: ("no", "yes")[y])))),
    Case("labels -1 and 1", "d.jsonl", text(jsonl(labelled(lambda y: 2 * y - 1)))),
    Case(
        "no labels",
        "d.jsonl",
        text(jsonl([{"func": row["func"]} for row in ROWS])),
        ("--language", "c"),
    ),
    Case("one label null", "d.jsonl", text(jsonl([*ROWS[1:], ROWS[0] | {"target": None}]))),
    Case(
        "one row without its label",
        "d.jsonl",
        text(jsonl([*ROWS[1:], {"idx": 0, "func": ROWS[0]["func"]}])),
    ),
    Case("one row cut off", "d.jsonl", text(jsonl(ROWS)[:-20])),
    Case("a suffix of no table", "d.txt", text(jsonl(ROWS))),
    Case("no suffix", "d", text(jsonl(ROWS))),
    Case("an Excel file", "d.xlsx", text("PK\x03\x04")),
    Case("CSV called .jsonl", "d.jsonl", text(table(ONE_LINE))),
    Case("an empty directory", "d", lambda path: path.mkdir()),
    Case("a directory of sources", "d", files(a_c=ROWS[0]["func"], b_c=ROWS[1]["func"])),
    Case("a path that does not exist", "e.jsonl", lambda path: None),
    Case("functions for pairs", "d.jsonl", text(jsonl(ROWS)), task=CLONES),
]


def said(case: Case) -> tuple[int, str]:
    """The exit status and the words of ``predict`` in this folder, without progress."""
    case.write(Path(case.path))
    where = () if "--data" in case.options else ("--data", case.path)
    given = ["predict", "--model", "mock:", "--task", case.task, *where, *case.options, "--json"]
    with redirect_stdout(io.StringIO()) as output, redirect_stderr(io.StringIO()) as errors:
        status = status_of(lambda: run_command(given) or 0)
    words = [
        line for line in errors.getvalue().splitlines() if not line.startswith("metacompress: load")
    ]
    if status == 0:
        found = json.loads(output.getvalue())
        aside = f", {found['quarantined']} set aside" if found["quarantined"] else ""
        words.insert(0, f"{found['inputs']} examples, {found['n']} with labels{aside}")
        # A mock is seldom right.
        names = {warning["name"] for warning in found["warnings"]} - {"no-better-than-majority"}
        words += [f"warning {name}" for name in sorted(names)]
    return status, "; ".join(words)


def row(case: Case) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        status, words = said(case)
    return {
        "given": case.name,
        "options": " ".join(case.options) or None,
        "status": status,
        "said": words,
    }


def main() -> None:
    rows = [row(case) for case in CASES]
    read = sum(one["status"] == 0 for one in rows)
    print(json.dumps({"read": read, "refused": len(rows) - read, "shapes": rows}, indent=1))


if __name__ == "__main__":
    main()
