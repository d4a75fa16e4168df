"""Programs that are ready to run: compiled once, run on many inputs."""

from __future__ import annotations

import hashlib
import re
import signal
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

from metacompress.execution import sandbox
from metacompress.execution.compilers import java_unit
from metacompress.execution.go_compiler import compile_go, link_go
from metacompress.execution.interpreter import PYTHON_OPTIONS, interpreter
from metacompress.execution.isolation import workshop
from metacompress.execution.java_machine import java_compiler, java_runner
from metacompress.execution.node import javascript_unit, run_javascript
from metacompress.execution.sandbox import Completed, Limits
from metacompress.execution.workshop import COMPILER_LIMITS, c_command
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_BUILDS_KEPT = 512
_WITH_CONTENT = ("-O0", "-ftrivial-auto-var-init=zero")
# A signed overflow, a bad index, a null pointer end the program; memory that was never written
# holds something else than in the plain build.
_CHECKED = (
    "-O0",
    "-ftrivial-auto-var-init=pattern",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
)
_REFUSED = 118
_CHECKED_VARIABLES = {
    "ASAN_OPTIONS": "detect_leaks=0:max_malloc_fill_size=1073741824:malloc_fill_byte=165:"
    "hard_rss_limit_mb=1024:"
    f"exitcode={_REFUSED}:allocator_may_return_null=1",
    "UBSAN_OPTIONS": f"exitcode={_REFUSED}",
}


# What a status above 128 means where any status may be left in the register.
_FATAL_SIGNALS = frozenset(
    {signal.SIGILL, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGKILL, signal.SIGSEGV}
)
_VOID_MAIN = re.compile(r"\bvoid\s+main\s*\(")
# Fixes the order of sets of strings.
_PYTHON_VARIABLES = {"PYTHONHASHSEED": "0"}


class Input(NamedTuple):
    """What a program is run on.

    Attributes:
        stdin: standard input.
        files: (name, content) of the files in its directory.
    """

    stdin: bytes = b""
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """A program that can be run.

    Attributes:
        text: what it was made of.
        language: decides how it is run.
        executable: file of a C, C++ or Go program.
        classes: class files of a Java program.
        checked: whether undefined behaviour ends it.
        has_status: whether its exit status says anything: that of a main function without a
            value is what happens to be in a register.
    """

    text: str
    language: Language
    executable: Path | None = None
    classes: Mapping[str, bytes] | None = None
    checked: bool = False
    has_status: bool = True

    def run(self, given: Input, limits: Limits) -> Completed:
        """Run it once."""
        files = dict(given.files)
        if self.language is Language.JAVASCRIPT:
            return run_javascript(javascript_unit(self.text), given.stdin, files, limits)
        if self.classes is not None:
            return java_runner().run(self.classes, given.stdin, files, limits)
        if self.executable is not None:
            if self.checked:
                limits = Limits(limits.seconds * 3, limits.cpu_seconds * 3, None, limits.file_bytes)
            done = sandbox.run(
                [str(self.executable)],
                stdin=given.stdin,
                files=files,
                limits=limits,
                variables=_CHECKED_VARIABLES if self.checked else None,
            )
            is_signal = done.status - 128 in _FATAL_SIGNALS
            meaningless = not self.has_status and not is_signal and not self._is_refused(done)
            return replace(done, status=0) if meaningless else done
        code = "program.py"
        return sandbox.run(
            [interpreter(), *PYTHON_OPTIONS, code],
            stdin=given.stdin,
            files=files | {code: encoded(self.text)},
            limits=limits,
            variables=_PYTHON_VARIABLES,
        )

    def _is_refused(self, done: Completed) -> bool:
        return self.checked and done.status == _REFUSED


def encoded(text: str) -> bytes:
    """The bytes of a program, whatever was read as text."""
    try:
        return text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        # A lone surrogate that stands for no byte: no interpreter accepts it, which it shall say.
        return text.encode(errors="surrogatepass")


class _Builds(LRUCache[tuple[str, ...], Build | None]):
    def popitem(self) -> tuple[tuple[str, ...], Build | None]:
        key, oldest = super().popitem()
        if oldest is not None and oldest.executable is not None:
            oldest.executable.unlink(missing_ok=True)
        return key, oldest


_builds = _Builds(maxsize=_BUILDS_KEPT)


def build(
    text: str,
    language: Language,
    prelude: str = "",
    *,
    checked: bool = False,
    options: tuple[str, ...] = (),
) -> Build | None:
    """Compile and link a whole program; None where that fails.

    The last few hundred are kept, so that a source is compiled once for all of its variants.

    Args:
        text: the program.
        language: its language.
        prelude: stands in front.
        checked: of C and C++, the build in which undefined behaviour shows.
        options: for gcc, after our own.

    Raises:
        MissingDependencyError: the compiler is not installed.
    """
    key = (text, language, prelude, str(checked), *options)
    if key not in _builds:
        _builds[key] = _build(text, language, prelude, checked, options)
    return _builds[key]


def _build(
    text: str, language: Language, prelude: str, checked: bool, options: tuple[str, ...]
) -> Build | None:
    if language is Language.PYTHON or language is Language.JAVASCRIPT:
        return Build(prelude + text, language)
    if language is Language.JAVA:
        classes = java_compiler().compile(java_unit(text, prelude)).classes
        return Build(text, language, classes=classes) if classes else None
    if language is Language.GO:
        executable = link_go(compile_go(text, prelude))
        if executable is None:
            return None
        return Build(text, language, executable=_stored(executable, repr((text, prelude))))
    chosen = (*(_CHECKED if checked else _WITH_CONTENT), *options)
    command = [*c_command(language, chosen, prelude), "-", "-o", "program", "-lm"]
    done = sandbox.run(command, stdin=text.encode(errors="replace"), limits=COMPILER_LIMITS)
    if done.status or "program" not in done.files:
        return None
    return Build(
        text,
        language,
        executable=_stored(done.files["program"], repr((text, language, prelude, chosen))),
        checked=checked,
        has_status=_VOID_MAIN.search(text) is None,
    )


def _stored(program: bytes, key: str) -> Path:
    executable = workshop() / f"program-{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    executable.write_bytes(program)
    executable.chmod(0o755)
    return executable
