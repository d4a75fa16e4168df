"""Page of the command line: the help of every command, as the command itself prints it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache

WIDTH = "88"
_PROGRAM = (
    "import sys; sys.argv[0] = 'metacompress'; from metacompress.cli.entry import main; main()"
)
# Rows of the box "Commands": a name, at least two spaces, what it does.
_BOX = re.compile(r"^╭─ Commands ─.*?\n(.*?)^╰", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^│ ([a-z][\w-]*)", re.MULTILINE)


def commands_page() -> str:
    """Return the page, with one section per command."""
    sections = [
        "# Commands",
        "Every command prints this help with `-h`. Defaults stand in parentheses.",
    ]
    for command in _commands(()):
        title = " ".join(("metacompress", *command))
        sections.append(f"## `{title}`\n\n```text\n{_help(command)}\n```")
    return "\n\n".join(sections) + "\n"


def _commands(command: tuple[str, ...]) -> list[tuple[str, ...]]:
    box = _BOX.search(_help(command))
    below = [(*command, name) for name in _ROW.findall(box.group(1))] if box else []
    return [command, *(found for one in below for found in _commands(one))]


@cache
def _help(command: tuple[str, ...]) -> str:
    shown = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *command, "--help"],
        env={**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.rstrip() for line in shown.stdout.splitlines())
    return "\n".join(lines).strip()
