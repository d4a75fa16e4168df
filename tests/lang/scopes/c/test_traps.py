"""Programs that use every corner of C and C++ naming, held against a compiler.

Everything that is not fixed gets a new name; what the compiler makes of the program stays the
same. The programs are in traps.txt, each under a line that tells its language and what it tries.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes import resolve

pytestmark = pytest.mark.skipif(not all(map(shutil.which, ("gcc", "g++"))), reason="no gcc or g++")

_TRAPS = (Path(__file__).parent / "traps.txt").read_text(encoding="utf-8")
TRAPS = dict(re.findall(r"==== (.*)\n((?:(?!====).*\n)+)", _TRAPS))


def compiled(source: bytes, language: Language, folder: Path) -> str | None:
    is_c = language is Language.C
    command = ["gcc", "-std=gnu17"] if is_c else ["g++", "-std=gnu++20"]
    path = folder / ("trap.c" if is_c else "trap.cc")
    path.write_bytes(source)
    done = subprocess.run(
        [*command, "-w", "-O1", "-S", "-o", "-", path.name],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return done.stdout if done.returncode == 0 else None


@pytest.mark.parametrize("title", TRAPS)
def test_renaming_all_that_is_not_fixed_keeps_the_code(title: str, tmp_path: Path) -> None:
    language = Language.C if title.startswith("c:") else Language.CPP
    program = parse(TRAPS[title], language)
    original: dict[str, str] = {}
    edits: list[Edit] = []
    for number, binding in enumerate(resolve(program).bindings):
        if binding.fixed is None:
            # As long as the old name, where that is possible: mangled names tell the length.
            name = f"q{number:02}".ljust(len(binding.name.encode()), "z")
            original[name] = binding.name
            edits += [Edit(span.start, span.end, name) for span in binding.occurrences]
    before = compiled(program.source, language, tmp_path)
    assert before is not None, "the trap itself does not compile"
    after = compiled(apply_edits(program.source, edits)[0], language, tmp_path)
    assert after is not None
    for name, old in original.items():
        after = after.replace(f"{len(name)}{name}", f"{len(old)}{old}").replace(name, old)
    assert after == before


def test_there_are_traps() -> None:
    assert len(TRAPS) > 100
