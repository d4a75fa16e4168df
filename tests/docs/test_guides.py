"""Blocks of the documentation that are marked with ``run`` do what they say.

A fence says ``bash run``, ``python run``, or ``pycon run`` for a session with its output;
``toml run`` has entry points, and what follows runs with a distribution installed that has them.
``exit=1`` states an exit status other than 0 (``exit=1|3``: one of them), ``file=NAME`` keeps the
block as a file beside the others. The blocks of a page run one after another in one
empty directory. Those of the first page run as a reader's would, program by program; those of the
others fork a Python that has its imports behind it (warm_python).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from warm_python import warm_python

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"^```(?P<language>\w+) run(?P<options>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_OPTION = re.compile(r"(exit|file)=(\S+)")
# Prints what differs from the session in the file, and fails then.
_DOCTEST = "import doctest, sys; sys.exit(doctest.testfile('session.txt', False).failed > 0)"


@dataclass(frozen=True)
class Block:
    """One runnable block."""

    language: str
    text: str
    exits: frozenset[int]
    file: str | None


def blocks_of(text: str) -> list[Block]:
    """The runnable blocks of a page, in order."""
    found = []
    for match in _BLOCK.finditer(text):
        options = dict(_OPTION.findall(match["options"]))
        exits = frozenset(int(status) for status in options.get("exit", "0").split("|"))
        found.append(Block(match["language"], match["text"], exits, options.get("file")))
    return found


def install(block: Block, directory: Path) -> None:
    """Put a distribution with the entry points of ``block`` into ``directory``."""
    for group, points in tomllib.loads(block.text)["project"]["entry-points"].items():
        distribution = group.replace(".", "_")
        information = directory / f"{distribution}-1.dist-info"
        information.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1\n"
        (information / "METADATA").write_text(metadata)
        lines = [f"[{group}]", *(f"{name} = {target}" for name, target in points.items())]
        (information / "entry_points.txt").write_text("\n".join(lines))


def pages() -> list[Path]:
    """Every page with a runnable block."""
    every = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in every if blocks_of(page.read_text())]


def run(blocks: list[Block], directory: Path, interpreter: str) -> None:
    """Run ``blocks`` one after another; sessions share their variables, as a reader's do."""
    programs = directory / "bin"
    programs.mkdir()
    for name, arguments in (("python", ""), ("metacompress", "-m metacompress")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{interpreter}" {arguments} "$@"\n')
        (programs / name).chmod(0o755)
    paths = [str(directory), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "HF_HUB_OFFLINE": "1",
    }
    session = "".join(f"{block.text}\n" for block in blocks if block.language == "pycon")
    (directory / "session.txt").write_text(session)
    done = False
    for block in blocks:
        match block.language:
            case "bash":
                command = ["bash", "-euo", "pipefail", "-c", block.text]
            case "python":
                file = directory / (block.file or "block.py")
                file.write_text(block.text)
                command = [interpreter, str(file)]
            case "toml":
                install(block, directory)
                continue
            case "pycon":
                if done:
                    continue
                done = True
                command = [interpreter, "-c", _DOCTEST]
            case other:
                raise ValueError(f"no way to run a block of {other}")
        ended = subprocess.run(
            command,
            cwd=directory,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode in block.exits, f"{block.text}\n{ended.stdout}\n{ended.stderr}"


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_blocks_of_a_page_run(page: Path, tmp_path: Path) -> None:
    plain = page.name == "README.md"
    run(blocks_of(page.read_text()), tmp_path, sys.executable if plain else warm_python())


@pytest.mark.parametrize(
    "text",
    [
        "```bash run\nfalse | true\n```\n",
        "```bash run exit=1\ntrue\n```\n",
        "```python run\nraise SystemExit(3)\n```\n",
        "```pycon run\n>>> 1 + 1\n3\n```\n",
    ],
)
def test_a_block_that_does_something_else_fails(text: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run(blocks_of(text), tmp_path, warm_python())


def test_every_guide_is_run() -> None:
    guides = {page.name for page in (ROOT / "docs/how-to").glob("*.md")}
    assert guides <= {page.name for page in pages()}


def test_each_kind_of_plug_in_is_one_file_and_one_line() -> None:
    text = (ROOT / "docs/how-to/plug-ins.md").read_text()
    blocks = blocks_of(text)
    lines: dict[str, list[str]] = {}
    for block in blocks:
        if block.language == "toml":
            for group, points in tomllib.loads(block.text)["project"]["entry-points"].items():
                lines.setdefault(group, []).extend(points.values())
    table = text.partition("\n## ")[0]
    assert lines.keys() == set(re.findall(r"`(metacompress\.\w+)`", table))
    files = sorted(block.file for block in blocks if block.file is not None)
    assert [len(targets) for targets in lines.values()] == [1] * len(files)
    assert sorted(f"{target.partition(':')[0]}.py" for (target,) in lines.values()) == files
