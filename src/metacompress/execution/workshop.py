"""How gcc and g++ are called, with headers that are compiled once."""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from typing import TYPE_CHECKING

from metacompress.errors import MissingDependencyError
from metacompress.execution import sandbox
from metacompress.execution.isolation import workshop
from metacompress.execution.sandbox import Limits
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COMPILER_LIMITS = Limits(
    seconds=60,
    cpu_seconds=60,
    memory_bytes=4 << 30,
    file_bytes=256 << 20,
    processes=64,
    disk_bytes=1 << 30,
)
# They change nothing in a compiled header; the first would prevent it.
CHECKING = ("-fsyntax-only", "-fmax-errors=0", "-fno-diagnostics-show-caret")
_COMMANDS = {Language.C: ("gcc", "c", "-std=gnu17"), Language.CPP: ("g++", "c++", "-std=gnu++17")}


def c_command(language: Language, options: Sequence[str] = (), prelude: str = "") -> list[str]:
    """How gcc or g++ is called; the prelude is compiled once.

    Args:
        language: C or C++.
        options: beside the standard.
        prelude: stands in front of the program.

    Raises:
        MissingDependencyError: the compiler is not installed.
    """
    name, dialect, standard = _COMMANDS[language]
    if shutil.which(name) is None:
        raise MissingDependencyError(
            f"{name} is not installed: apt-get install {name}", package=name
        )
    command = [name, standard, "-w", *options]
    if prelude:
        generating = tuple(option for option in options if option not in CHECKING)
        command += ["-include", str(_header(language, generating, prelude))]
    return [*command, "-x", dialect]


@cache
def _header(language: Language, options: tuple[str, ...], prelude: str) -> Path:
    key = hashlib.sha256(repr((language, options, prelude)).encode()).hexdigest()[:16]
    header = workshop() / f"prelude-{key}.h"
    header.write_text(prelude + "\n", encoding="utf-8")
    header.chmod(0o644)
    name, dialect, standard = _COMMANDS[language]
    command = [name, standard, "-w", *options, "-x", f"{dialect}-header", str(header)]
    # Its errors are met again, as those of the program.
    done = sandbox.run([*command, "-o", "header.gch"], limits=COMPILER_LIMITS)
    if done.status == 0:
        compiled = header.with_name(header.name + ".gch")
        compiled.write_bytes(done.files["header.gch"])
        compiled.chmod(0o644)
    return header
