"""Page of the command line: the help of every command, as the command itself prints it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from functools import cache
from io import StringIO

from metacompress.cli.entry import main

_TERMINAL = {"COLUMNS": "88", "NO_COLOR": "1", "TERM": "dumb"}
# Rows of the box "Commands": a name, at least two spaces, what it does.
_BOX = re.compile(r"^╭─ Commands ─.*?\n(.*?)^╰", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^│ ([a-z][\w-]*)", re.MULTILINE)


def commands_page() -> str:
    """Return the page, with one section per command.

    A process of its own prints the help: there, the program has its own name and terminal.
    """
    program = "from generator.commands import print_sections; print_sections()"
    printed = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **_TERMINAL, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    introduction = "Every command prints this help with `-h`."
    return f"# Commands\n\n{introduction}\n\n{printed.stdout}"


def print_sections() -> None:
    """Print one section per command, as UTF-8."""
    sections = [
        f"## `{' '.join(('metacompress', *command))}`\n\n```text\n{_help(command)}\n```\n"
        for command in _commands(())
    ]
    sys.stdout.buffer.write("\n".join(sections).encode())


def _commands(command: tuple[str, ...]) -> list[tuple[str, ...]]:
    box = _BOX.search(_help(command))
    below = [(*command, name) for name in _ROW.findall(box.group(1))] if box else []
    return [command, *(found for one in below for found in _commands(one))]


@cache
def _help(command: tuple[str, ...]) -> str:
    sys.argv = ["metacompress", *command, "--help"]
    shown = StringIO()
    try:
        with redirect_stdout(shown):
            main()
    except SystemExit as end:
        if end.code:
            raise RuntimeError(f"{command}: no help, but exit status {end.code}") from None
    return "\n".join(line.rstrip() for line in shown.getvalue().splitlines()).strip()
