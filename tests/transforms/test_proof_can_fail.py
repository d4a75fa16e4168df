"""The proof of benchmarks/validity finds every kind of wrong rewriting, and right ones pass it."""

from __future__ import annotations

import pipeline
import pytest
from faults import FAULTS
from pipeline import examine
from subjects import Method, Subject
from table import caught, fault_lines

from metacompress.lang.execution import behaviour
from metacompress.lang.execution.programs import Input
from metacompress.lang.execution.sandbox import Limits
from metacompress.lang.language import Language
from metacompress.transforms import TRANSFORMS

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
INPUTS = (Input(b"5 4 7 2 10 -6 8 8"), Input(b"3 2 2 0 1 1"))
SUBJECTS = [
    Subject(f"{language}", "test", (language,), text, inputs=INPUTS, draws=3)
    for language, text in ((Language.C, C), (Language.JAVA, JAVA), (Language.PYTHON, PYTHON))
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviour.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(pipeline, "LIMITS", Limits(cpu_seconds=1, file_bytes=1 << 20))


def test_every_seeded_fault_is_caught() -> None:
    rows = [row for subject in SUBJECTS for row in examine(subject, [one() for one in FAULTS])]
    assert all(row["executed"] or row["refusal"] for row in rows)
    for one in FAULTS:
        assert caught(rows, one.name).total() >= 1, "\n".join(fault_lines(rows, [one.name]))
    found = {name: set(caught(rows, name)) for name in (one.name for one in FAULTS)}
    assert found["lose-brace"] == {"new-parse-error"}
    assert found["narrow-scope"] == {"bindings-changed"}
    assert found["unreachable-statement"] == {"compile"}
    assert "behaviour" in found["drop-update-of-continue"]


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
