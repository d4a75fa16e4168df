from __future__ import annotations

import pytest

from metacompress.execution.behaviour import Judgement, same_behaviour
from metacompress.execution.programs import Input, build
from metacompress.execution.sandbox import Limits, Stop
from metacompress.lang.language import Language

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON
SHORT = Limits(seconds=5, cpu_seconds=1, file_bytes=100_000)
NUMBERS = [Input(b"7 3")]


def c(body: str) -> str:
    headers = "".join(f"#include <{name}.h>\n" for name in ("stdio", "stdlib", "time"))
    return headers + f'int main(void) {{ int a, b; scanf("%d%d", &a, &b); {body} return 0; }}'


def java(body: str) -> str:
    return (
        "public class Any { public static void main(String[] s) throws Exception {"
        " java.util.Scanner in = new java.util.Scanner(System.in);"
        f" int a = in.nextInt(), b = in.nextInt(); {body} }} }}"
    )


CLOCK = 'struct timespec t; clock_gettime(CLOCK_REALTIME, &t); printf("%ld", t.tv_nsec);'
VOID = 'void main() {{ char a[4]; {} puts("b"); }}'
CASES = [
    (C, c('printf("%d", a - b);'), c('printf("%d", -(b - a));'), Judgement.SAME),
    (C, c('printf("%d", a - b);'), c('printf("%d", b - a);'), Judgement.DIFFERENT),
    (C, c("return a;"), c("return b;"), Judgement.DIFFERENT),
    (C, c("return a;"), c("return a"), Judgement.DIFFERENT),
    (C, c('FILE *f = fopen("o", "w"); fputs("1", f);'), c(""), Judgement.DIFFERENT),
    (C, c("return a"), c("return a"), Judgement.NO_EVIDENCE),
    (C, c("int q; return q + 1;"), c("int q; return q + 2;"), Judgement.NO_EVIDENCE),
    (C, c("int *q = malloc(4); return *q;"), c("return b;"), Judgement.NO_EVIDENCE),
    (C, c("int q = 0; return q;"), c("int q; return q;"), Judgement.DIFFERENT),
    (C, c("int q[2]; q[a] = 1; return b;"), c("return b;"), Judgement.NO_EVIDENCE),
    (C, c("return 2147483647 + a;"), c("return b;"), Judgement.NO_EVIDENCE),
    (C, c('printf("%p", &a);'), c('printf("%p", &b);'), Judgement.NO_EVIDENCE),
    (C, c(CLOCK), c(CLOCK), Judgement.NO_EVIDENCE),
    (C, c("for (;;);"), c("return 1;"), Judgement.NO_EVIDENCE),
    (C, c("return a;"), c("for (;;);"), Judgement.DIFFERENT),
    (C, c("abort();"), c("abort();"), Judgement.NO_EVIDENCE),
    (C, "void main() { puts(\"a\"); }", "void main() { puts(\"a\"); abs(9); }", Judgement.SAME),
    # A status above 128 that is left over looks like the end by a signal.
    (C, "void main() { abs(200); }", "void main() { abs(201); }", Judgement.SAME),
    (C, VOID.format("a[9] = 1;"), VOID.format(""), Judgement.NO_EVIDENCE),
    (CPP, "int main() { bool a = true; return !a; }", "int main() { return 0; }", Judgement.SAME),
    (JAVA, java("System.out.print(a - b);"), java("System.out.print(-b + a);"), Judgement.SAME),
    (JAVA, java("System.out.print(a);"), java("System.out.print(b);"), Judgement.DIFFERENT),
    (JAVA, java("System.exit(a);"), java("System.exit(b);"), Judgement.DIFFERENT),
    (JAVA, java("if (a > 0) throw new Exception();"), java(""), Judgement.DIFFERENT),
    (JAVA, java("while (a > 0);"), java(""), Judgement.NO_EVIDENCE),
    (JAVA, java("System.out.print(new Object().hashCode() + System.nanoTime());"), java(""),
        Judgement.NO_EVIDENCE),
    (PYTHON, "print(input()[::-1])", "print(*reversed(input()), sep='')", Judgement.SAME),
    (PYTHON, "print(input())", "print(input() + ' ')", Judgement.DIFFERENT),
    (PYTHON, "print({input(), '1', '2'})", "print({input(), '1', '2'})", Judgement.SAME),
    (PYTHON, "print(object())", "print(object())", Judgement.NO_EVIDENCE),
    (PYTHON, "x = (", "x = (", Judgement.SAME),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "variant", "expected"), CASES)
def test_judgements(language: Language, source: str, variant: str, expected: Judgement) -> None:
    assert same_behaviour(source, variant, language, NUMBERS, limits=SHORT) is expected


def test_one_input_that_shows_nothing_does_not_hide_another() -> None:
    source = c("for (; a == 1;); return a;")
    inputs = [Input(b"1 1"), Input(b"2 2")]
    assert same_behaviour(source, c("return 5;"), C, inputs, limits=SHORT) is Judgement.DIFFERENT
    assert same_behaviour(source, c("return a;"), C, inputs, limits=SHORT) is Judgement.SAME


def test_a_java_program_has_its_own_statics_files_and_limits() -> None:
    text = java(
        'System.setProperty("k", "" + ++n); java.nio.file.Files.writeString('
        'java.nio.file.Path.of("made"), new java.util.Scanner(new java.io.File("f")).next());'
        "System.out.print(n); if (b == 0) while (true) System.out.print(9);"
    ).replace("{ public", "{ static int n; public")
    files = (("f", b"content"),)
    made = build(text, JAVA)
    assert made is not None
    done = [made.run(Input(given, files), SHORT) for given in (b"1 2", b"1 2", b"1 0")]
    assert [one.stdout for one in done[:2]] == [b"1", b"1"]
    assert done[0].files == {"made": b"content"}
    assert done[2].stopped is Stop.OUTPUT


def test_a_source_is_built_once() -> None:
    text = c("return 1;")
    assert build(text, C) is build(text, C)
    assert build(text, C) is not build(text, C, checked=True)
    assert build(c("return 1"), C) is None
