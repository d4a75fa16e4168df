"""go/types as the oracle: every name of a program is declared where the type checker says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent
PACKAGES = ("sort", "strings", "bufio", "encoding/json", "go/types", "text/template", "sync")
# Bindings of these kinds are one to a package: files for other systems may have them, too.
OF_THE_PACKAGE = (BindingKind.FUNCTION, BindingKind.MODULE_VARIABLE, BindingKind.TYPE)
pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="go is not installed")


@pytest.fixture(scope="module")
def definitions(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Iterable[Path]], list[dict[str, Any]]]:
    program = tmp_path_factory.mktemp("oracle") / "definitions"
    variables = os.environ | {"GO111MODULE": "off", "GOFLAGS": "", "GOTOOLCHAIN": "local"}
    subprocess.run(
        ["go", "build", "-o", str(program), str(HERE / "definitions.go")],
        check=True,
        env=variables,
    )

    def find(folders: Iterable[Path]) -> list[dict[str, Any]]:
        done = subprocess.run(
            [program, *map(str, folders)], capture_output=True, check=True, text=True
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return find


def differences(found: dict[str, Any], *, is_package: bool) -> tuple[list[str], int]:
    """Names that the analysis and the oracle bind differently, and how many they agree on."""
    source = Path(found["path"]).read_bytes()
    program = AnalysedProgram.of(source, Language.GO)
    ours = {span.start: b for b in program.scopes.bindings for span in b.occurrences}
    theirs: dict[int, set[int]] = {}
    for name, declaration in found["pairs"]:
        theirs.setdefault(declaration, set()).add(name)
    wrong, agreed = [], 0
    for declaration, names in theirs.items():
        binding = ours.get(declaration)
        if binding is None or {ours.get(name) for name in names} != {binding}:
            if binding is None or binding.fixed is None:
                wrong.append(f"{found['path']}:{source[:declaration].count(10) + 1}")
            continue
        # What the type checker says nothing about, near an error, may be one of its uses.
        extra = {span.start for span in binding.occurrences} - names - set(found["unknown"])
        if extra and binding.fixed is None:
            wrong.append(f"{found['path']}: {binding.name} has {len(extra)} more")
        agreed += len(names)
    known = {name for names in theirs.values() for name in names} | set(found["unknown"])
    wrong += [
        f"{found['path']}: {binding.name} at {start}"
        for start, binding in ours.items()
        if start not in known
        and binding.fixed is None
        and not (is_package and binding.kind in OF_THE_PACKAGE)
    ]
    return wrong, agreed


def test_traps(definitions: Callable[[Iterable[Path]], list[dict[str, Any]]]) -> None:
    (found,) = [one for one in definitions([HERE]) if one["path"].endswith("traps.go")]
    wrong, agreed = differences(found, is_package=False)
    assert wrong == []
    assert agreed > 300
    program = AnalysedProgram.of((HERE / "traps.go").read_bytes(), Language.GO)
    assert program.parsed.error_count == 0


def test_the_standard_library(
    definitions: Callable[[Iterable[Path]], list[dict[str, Any]]],
) -> None:
    root = subprocess.run(["go", "env", "GOROOT"], capture_output=True, check=True, text=True)
    folders = [Path(root.stdout.strip(), "src", name) for name in PACKAGES]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip("the source of Go's standard library is not installed")
    outcomes = [differences(one, is_package=True) for one in definitions(folders)]
    assert [line for wrong, _ in outcomes for line in wrong] == []
    assert sum(agreed for _, agreed in outcomes) > 20_000
