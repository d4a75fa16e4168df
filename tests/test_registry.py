from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from metacompress.errors import MissingDependencyError, UnknownNameError, UsageError
from metacompress.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path


def make_registry(**builtins: str) -> Registry[object]:
    return Registry("thing", "metacompress.test_things", builtins)


def test_builtins_are_imported_when_asked_for() -> None:
    registry = make_registry(path="pathlib:Path")
    assert registry.names() == ["path"]
    assert registry.get("path").__name__ == "Path"


def test_unknown_name_suggests_a_close_one() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'rename'"):
        make_registry(rename="pathlib:Path").get("renam")
    with pytest.raises(UnknownNameError, match="known: rename"):
        make_registry(rename="pathlib:Path").get("zzz")


def test_a_missing_package_is_named() -> None:
    with pytest.raises(MissingDependencyError, match="no_such_package"):
        make_registry(x="no_such_package.module:thing").get("x")


def test_a_missing_attribute_is_reported() -> None:
    with pytest.raises(UsageError, match="cannot be imported"):
        make_registry(x="pathlib:NoSuchThing").get("x")


PLUGIN = {
    "pyproject.toml": """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "metacompress-shout"
version = "1.0"
[project.entry-points."metacompress.relations"]
both-positive = "metacompress_shout:BothPositive"
""",
    "metacompress_shout.py": '''
from typing import ClassVar
import numpy as np
from metacompress import Judgement, Relation


class BothPositive(Relation):
    """Never violated; there to be found."""

    name: ClassVar[str] = "both-positive"

    def judge(self, outputs):
        n = len(outputs)
        return Judgement(np.ones(n, bool), np.zeros(n, bool), np.zeros(n))
''',
}


def test_an_installed_plugin_is_found_by_name(tmp_path: Path, devign_file: Path) -> None:
    project = tmp_path / "plugin"
    project.mkdir()
    for name, text in PLUGIN.items():
        (project / name).write_text(text)
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", site, project], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "metacompress"]
    listed = subprocess.run(
        [*command, "list", "relations"], env=environment, capture_output=True, text=True, check=True
    )
    assert "both-positive" in listed.stdout
    checked = subprocess.run(
        [
            *command,
            "check",
            "--task",
            "vulnerability-prediction",
            "--data",
            devign_file,
            "--teacher",
            "mock:",
            "--student",
            "mock:?seed=1",
            "--tolerance",
            "0.2",
            "--relation",
            "both-positive",
            "--run",
            tmp_path / "run",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
