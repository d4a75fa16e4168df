"""The proof of benchmarks/validity finds every kind of wrong rewriting, and right ones pass it."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import making
import numpy as np
import pipeline
import pytest
from corpora import CORPORA
from faults import FAULTS, Fault, LostKey, OffByOne
from making import CHAIN, Mode, corpus_naming, make, takes_part
from pipeline import examine
from subjects import Method, Subject
from table import caught, fault_lines, proof_counts, proof_lines

from metacompress.execution import behaviour
from metacompress.execution.programs import Input
from metacompress.execution.sandbox import Limits
from metacompress.lang.edits import Edit
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.syntax import span_of
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.base import Site
from metacompress.transforms.gate import Variant
from metacompress.transforms.naming import CorpusNaming
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable


C = """
#include <stdio.h>

static int weigh(int first, int second)
{
    int result = first * 10;
    result -= second - first / 2;
    if (result > 20) {
        result = 20;
    } else {
        result++;
    }
    return result;
}

int main(void)
{
    int count, value, total = 0;
    scanf("%d", &count);
    for (int index = 0; index < count; index++) {
        scanf("%d", &value);
        if (value % 2 == 1)
            continue;
        total += weigh(value, index);
    }
    printf("total %d\\n", total);
    return 0;
}
"""
JAVA = """
import java.util.Scanner;

class Main {
    static int weigh(int first, int second) {
        int result = first * 10;
        result -= second - first / 2;
        if (result > 20) {
            result = 20;
        } else {
            result++;
        }
        return result;
    }

    public static void main(String[] arguments) {
        Scanner input = new Scanner(System.in);
        int count = input.nextInt();
        int total = 0;
        for (int index = 0; index < count; index++) {
            int value = input.nextInt();
            if (value % 2 == 1) {
                continue;
            }
            total += weigh(value, index);
        }
        System.out.println("total " + total);
    }
}
"""
PYTHON = """
def weigh(first, second):
    result = first * 10
    result -= second - first // 2
    if result > 20:
        result = 20
    else:
        result += 1
    print("weighed")
    print(second)
    return result


def main():
    count, *values = map(int, input().split())
    total = 0
    for index in range(count):
        if values[index] % 2 == 1:
            continue
        total += weigh(values[index], index)
    print("total", total)


main()
"""
JAVASCRIPT = """
const [count, ...values] = require("fs").readFileSync(0, "utf8").split(" ").map(Number);
function weigh(first, second) {
  let result = first * 10;
  result -= second - first / 2;
  if (result > 20) {
    result = 20;
  } else {
    result++;
  }
  console.log("weighed");
  console.log(second);
  return { result };
}
let total = 0;
for (let index = 0; index < count; index++) {
  const value = values[index];
  if (value % 2 == 1) continue;
  total += weigh(value, index).result;
}
console.log(total);
"""
GO = """package main

import "fmt"

func weigh(first, second int) int {
	result := first * 10
	result -= second - first/2
	if result > 20 {
		result = 20
	} else {
		result++
	}
	return result
}

func main() {
	var count, value, total int
	fmt.Scan(&count)
	for index := 0; index < count; index++ {
		fmt.Scan(&value)
		fmt.Println("read", value)
		total += weigh(value, index)
	}
	fmt.Println("total", total)
}
"""
INPUTS = (Input(b"5 4 7 2 10 -6 8 8"), Input(b"3 2 2 0 1 1"))
SUBJECTS = [
    Subject(f"{language}", "test", (language,), text, inputs=INPUTS, draws=3)
    for language, text in ((Language.C, C), (Language.JAVA, JAVA), (Language.PYTHON, PYTHON))
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviour.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(pipeline, "LIMITS", Limits(cpu_seconds=1, file_bytes=1 << 20))


@pytest.mark.skipif(shutil.which("node") is None, reason="no node")
def test_seeded_faults_of_javascript_are_caught() -> None:
    language = Language.JAVASCRIPT
    subject = Subject("j", "test", (language,), JAVASCRIPT, inputs=INPUTS)
    faults = [one for one in FAULTS if language in one.languages]
    rows = list(examine(subject, [one() for one in faults]))
    assert all(row["executed"] or row["refusal"] for row in rows)
    for one in faults:
        assert caught(rows, one.name).total() == 1, "\n".join(fault_lines(rows, [one.name]))
    assert set(caught(rows, "lost-key")) == {"behaviour"}


def test_every_seeded_fault_is_caught() -> None:
    rows = [row for subject in SUBJECTS for row in examine(subject, [one() for one in FAULTS])]
    assert all(row["executed"] or row["refusal"] for row in rows)
    used = [one for one in FAULTS if one is not LostKey]
    for one in used:
        assert caught(rows, one.name).total() >= 1, "\n".join(fault_lines(rows, [one.name]))
    found = {name: set(caught(rows, name)) for name in (one.name for one in used)}
    assert found["lose-brace"] == {"new-parse-error"}
    assert found["narrow-scope"] == {"bindings-changed"}
    assert found["unreachable-statement"] == {"compile"}
    assert "behaviour" in found["drop-update-of-continue"]


@pytest.mark.skipif(shutil.which("go") is None, reason="go is not installed")
def test_every_seeded_fault_of_go_is_caught() -> None:
    subject = Subject("go", "test", (Language.GO,), GO, inputs=INPUTS, draws=2)
    faults = [one for one in FAULTS if Language.GO in one.languages]
    rows = list(examine(subject, [one() for one in faults]))
    assert all(row["executed"] or row["refusal"] for row in rows)
    for one in faults:
        assert caught(rows, one.name).total() >= 1, "\n".join(fault_lines(rows, [one.name]))
    assert set(caught(rows, "lose-brace")) <= {"new-parse-error", "compile"}
    assert "behaviour" in caught(rows, "off-by-one")


def test_seeded_faults_of_snippets_are_caught_by_the_compiler() -> None:
    text = "int f(Missing *p, int a) { int b = a; b += a; p->y = UNSEEN; return b; }"
    subject = Subject("s", "test", (Language.C,), text, method=Method.ERRORS, draws=4)
    rows = list(examine(subject, [one() for one in FAULTS]))
    assert caught(rows, "become-constant") == {"compile": 1}
    assert caught(rows, "narrow-scope") == {"bindings-changed": 4}


def test_right_rewritings_pass() -> None:
    names = ("flip-comparison", "rename-identifiers", "swap-if-branches")
    transformations = [TRANSFORMS.get(name)() for name in names]
    for subject in SUBJECTS:
        rows = list(examine(subject, transformations))
        assert [row for row in rows if row["fault"]] == []
        assert sum(row["refusal"] is None for row in rows) >= 2


class WrongTogether(Fault):
    """Declares one name for each number of a function: right at one site, wrong at two."""

    name: ClassVar[str] = "wrong-together"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        start = program.nodes("compound_statement")[0].start_byte + 1
        if b"onceQ" not in program.source:
            for node in program.nodes("number_literal"):
                edits = [Edit(start, start, " int onceQ; (void) onceQ;")]
                yield Site(span_of(node), edits)


class WrongTheSecondTime(Fault):
    """Leaves a mark at first, and then takes a number for the next one."""

    name: ClassVar[str] = "wrong-the-second-time"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        if b"mark" in program.source:
            yield from OffByOne().sites(program)
        else:
            root = program.parsed.root
            yield Site(span_of(root), [Edit(root.end_byte, root.end_byte, "/* mark */ ")])


@pytest.mark.parametrize(
    ("fault", "finds"),
    [
        (WrongTogether, {Mode.ALL}),
        (WrongTheSecondTime, {Mode.ALL, Mode.CHAIN}),
        (OffByOne, {Mode.SINGLE, Mode.DRAWN, Mode.ALL, Mode.CHAIN}),
    ],
)
def test_each_mode_finds_what_it_is_there_for(fault: type[Fault], finds: set[Mode]) -> None:
    for mode in (Mode.SINGLE, Mode.ALL, Mode.CHAIN):
        rows = list(examine(SUBJECTS[0], [fault()], [mode]))
        assert all(row["mode"] == mode for row in rows)
        name = CHAIN if mode is Mode.CHAIN else fault.name
        assert bool(caught(rows, name)) == (mode in finds), rows


def test_a_wrong_link_of_a_chain_is_named() -> None:
    right = TRANSFORMS.get("flip-comparison")()
    rows = list(examine(SUBJECTS[2], [right, OffByOne()], [Mode.CHAIN]))
    bad = [row for row in rows if row["fault"]]
    assert bad
    assert all(len(row["steps"]) == making.CHAIN_LENGTH for row in bad)
    assert f"- {CHAIN} ({', '.join(bad[0]['steps'])}), python: " in "\n".join(proof_lines(rows))


def test_all_sites_are_rewritten_but_not_back() -> None:
    program = AnalysedProgram.of(
        "int f(int a) { int b = a < 1; return a < 2 && b < 3; }", Language.C
    )
    edits = {}
    flip, rng = TRANSFORMS.get("flip-comparison")(), np.random.default_rng(0)
    for mode in (Mode.SINGLE, Mode.ALL):
        outcome = make(mode, [flip], program, CorpusNaming({}), rng)
        assert isinstance(outcome, Variant)
        edits[mode] = [len(step.edits) for step in outcome.steps]
    # Flipped back, the program would be its source.
    assert [sum(edits[mode]) for mode in edits] == [
        edits[Mode.SINGLE][0],
        3 * edits[Mode.SINGLE][0],
    ]
    assert len(edits[Mode.ALL]) == 1


def test_what_can_be_rewritten_again_is() -> None:
    program = AnalysedProgram.of("int f(int a) { return a; }", Language.C)
    again, rng = WrongTheSecondTime(), np.random.default_rng(0)
    outcome = make(
        Mode.ALL,
        [again],
        AnalysedProgram.of("int f() { return 1; }", Language.C),
        CorpusNaming({}),
        rng,
    )
    assert isinstance(outcome, Variant)
    assert len(outcome.steps) == 2
    assert make(Mode.SINGLE, [OffByOne()], program, CorpusNaming({}), rng) is Refusal.NO_SITE


def test_names_are_drawn_from_the_corpus() -> None:
    naming = corpus_naming(CORPORA["demo"](0.1))
    program = AnalysedProgram.of("int f(int a) { return a; }", Language.C)
    drawn = set()
    for seed in range(20):
        drawn.update(naming.propose(program, None, np.random.default_rng(seed)))
    assert drawn > set(CorpusNaming({}).propose(program, None, np.random.default_rng(0)))


def test_the_total_counts_each_variant_once() -> None:
    rows = list(examine(SUBJECTS[0], [WrongTogether()], [Mode.SINGLE, Mode.ALL]))
    lines = proof_lines(rows)
    assert any(line.startswith("| total | all | all | all | 1 | 1 | ") for line in lines)
    made = {
        line.split(" | ")[0]: line.split(" | ")[6] for line in lines if " | all | all | all" in line
    }
    assert int(made["| total"]) == int(made["| single"]) + int(made["| all"])
    counts = proof_counts(rows)
    assert counts["all"]["variants"] == int(made["| total"])
    assert counts["mode"]["single"]["variants"] == int(made["| single"])
    (part,) = counts["transformation"][WrongTogether.name]["share_with_a_site"].values()
    assert part == 1


def test_shares_of_the_modes_are_kept() -> None:
    many = [Subject(str(number), "test", (Language.C,), "") for number in range(2000)]
    for mode in Mode:
        assert sum(takes_part(one, mode, 1) for one in many) == 2000
        assert 400 < sum(takes_part(one, mode, 0.25) for one in many) < 600


def test_the_tests_of_a_library_module_catch_a_wrong_copy_of_it():
    pytest.importorskip("test.test_colorsys", reason="Python's own tests are not installed")
    specification = importlib.util.find_spec("colorsys")
    text = Path(specification.origin).read_text(encoding="utf-8")
    subject = Subject(
        "stdlib/colorsys", "stdlib", (Language.PYTHON,), text, method=Method.TESTS, draws=2
    )
    oracle = pipeline.oracle_of(subject)
    assert oracle.executed
    assert oracle.fault(text + "\n# a comment\n") is None
    wrong = text.replace("i = int(h*6.0)", "i = int(h*5.0)")
    assert wrong != text
    assert oracle.fault(wrong).startswith("behaviour")
