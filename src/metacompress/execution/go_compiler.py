"""The compiler and linker of Go, called without the go command in front of them.

The go command looks at the whole module and its packages for each program; a program of the
sandbox is one file that imports the standard library at most. Where the compiled library lies is
asked once for each set of imports. Newer releases of Go come without it: then it is compiled then,
into the workshop of this process.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from metacompress.errors import MetaCompressError, MissingDependencyError
from metacompress.execution import sandbox
from metacompress.execution.isolation import workshop
from metacompress.execution.workshop import COMPILER_LIMITS
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.syntax import descendants

_ERROR = re.compile(rb"^[^\n:]*:\d+:(?:\d+:)? ([^\n]*)$", re.MULTILINE)
_FILE, _OBJECT, _PROGRAM = "program.go", "program.o", "program"
_PACKAGES = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"
# One thread is enough for one file, and the collector costs more than the memory is worth.
_VARIABLES = {"GOMAXPROCS": "1", "GOGC": "400", "TMPDIR": "."}


class GoObject(NamedTuple):
    """What the compiler made of a program.

    Attributes:
        errors: its messages without positions.
        code: the object file; None where there are errors.
        imports: the paths that the program imports.
    """

    errors: tuple[str, ...]
    code: bytes | None
    imports: tuple[str, ...]


def compile_go(text: str, prelude: str = "") -> GoObject:
    """Compile a program or snippet.

    Args:
        text: a file of Go; without a package clause it gets one.
        prelude: imports that stand behind the package clause.

    Raises:
        MissingDependencyError: Go is not installed.
    """
    unit = go_unit(text, prelude)
    imports = _imports(unit)
    command = [str(_tool("compile")), "-e", "-p", "main", "-complete"]
    done = sandbox.run(
        [*command, "-importcfg", str(_library(imports)), "-o", _OBJECT, _FILE],
        files={_FILE: unit.encode(errors="replace")},
        limits=COMPILER_LIMITS,
        variables=_VARIABLES,
    )
    found = [error.decode(errors="replace") for error in _ERROR.findall(done.stdout + done.stderr)]
    if done.status and not found:
        found = ["compiler failed"]
    code = None if done.status else done.files.get(_OBJECT)
    return GoObject(tuple(found), code, imports)


def link_go(compiled: GoObject) -> bytes | None:
    """The executable of a compiled program; None where it has no main function."""
    if compiled.code is None:
        return None
    command = [str(_tool("link")), "-s", "-w", "-importcfg", str(_library(compiled.imports))]
    done = sandbox.run(
        [*command, "-o", _PROGRAM, _OBJECT],
        files={_OBJECT: compiled.code},
        limits=COMPILER_LIMITS,
        variables=_VARIABLES,
    )
    return None if done.status else done.files.get(_PROGRAM)


def go_unit(text: str, prelude: str = "") -> str:
    """A file of Go with a package clause, and the prelude's imports behind it."""
    root = parse(text, Language.GO).root
    for child in root.named_children:
        if child.type == "package_clause":
            source = text.encode()
            before, after = source[: child.end_byte], source[child.end_byte :]
            return f"{before.decode()}; {prelude}{after.decode()}" if prelude else text
    return f"package main; {prelude}\n{text}"


def _imports(unit: str) -> tuple[str, ...]:
    """The paths of the standard library that a file imports: they have no dot in front."""
    found = set()
    for child in parse(unit, Language.GO).root.named_children:
        if child.type == "import_declaration":
            for node in descendants(child):
                if node.type == "import_spec" and (path := node.child_by_field_name("path")):
                    found.add((path.text or b"").decode(errors="replace").strip('"`'))
    return tuple(sorted(path for path in found if re.fullmatch(r"[a-z0-9]+(?:/\w+)*", path)))


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the go command, which asks no network and leaves the user's files alone.

    Raises:
        MissingDependencyError: Go is not installed.
    """
    go = shutil.which("go")
    if go is None:
        raise MissingDependencyError(
            "go is not installed: apt-get install golang-go", package="golang-go"
        )
    home = workshop() / "go"
    variables = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "GOCACHE": str(home / "cache"),
        "GOPATH": str(home / "path"),
        "GOENV": "off",
        "GOFLAGS": "",
        "GOPROXY": "off",
        "GOTOOLCHAIN": "local",
        "GO111MODULE": "off",
        "CGO_ENABLED": "0",
    }
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [go, *arguments], env=variables, cwd=home, capture_output=True, text=True, check=False
    )


@cache
def _tool(name: str) -> Path:
    done = _run("env", "GOTOOLDIR")
    path = Path(done.stdout.strip(), name)
    if sandbox.run([str(path), "-V"], limits=COMPILER_LIMITS).status:
        raise MetaCompressError(
            f"{path} does not run in the sandbox: install Go where every user may read it"
        )
    return path


@cache
def _library(imports: tuple[str, ...]) -> Path:
    """The file that says where the compiled packages are that these need."""
    # The runtime is a part of every program; -e goes past a package that does not exist.
    listed = _run("list", "-e", "-deps", "-export", "-f", _PACKAGES, "runtime", *imports)
    path = workshop() / f"packages-{len(list(workshop().glob('packages-*')))}.cfg"
    path.write_text("\n".join(line for line in listed.stdout.splitlines() if line) + "\n")
    path.chmod(0o644)
    return path
