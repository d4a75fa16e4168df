from __future__ import annotations

import builtins
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from metacompress import extras
from metacompress.data.loading import load_dataset
from metacompress.errors import MissingDependencyError, UsageError
from metacompress.extras import EXTRAS, install_command, missing_package
from metacompress.registry import Registry

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
MODULES = {
    "grpcio": "grpc",
    "mlflow-skinny": "mlflow",
    "scikit-learn": "sklearn",
    "z3-solver": "z3",
}


def test_extras_are_those_of_the_project() -> None:
    declared = tomllib.loads(PYPROJECT.read_text())["project"]["optional-dependencies"]
    expected = {
        MODULES.get(name, name): extra
        for extra, requirements in declared.items()
        if extra not in ("dev", "docs")
        for name in (re.split(r"[<>=!~ ]", text)[0] for text in requirements)
    }
    assert expected == EXTRAS


def test_the_hint_names_the_extra_and_works_for_a_clone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clone = PYPROJECT.parent
    assert install_command("pymoo") == f"pip install -e '{clone}[search]'"
    assert install_command("somebody-elses") == "pip install somebody-elses"
    monkeypatch.setattr(extras, "__file__", str(tmp_path / "lib/metacompress/extras.py"))
    assert install_command("pymoo") == "pip install 'metacompress[search]'"
    assert install_command("transformers") == "pip install 'metacompress[torch]'"
    assert install_command("datasets") == "pip install 'metacompress[hub]'"


def test_a_mistyped_module_of_ours_is_not_a_missing_package() -> None:
    registry: Registry[Any] = Registry("thing", "metacompress.things", {"a": "metacompress.aa:A"})
    with pytest.raises(UsageError, match=r"thing 'a' cannot be imported: No module named"):
        registry.get("a")
    elsewhere: Registry[Any] = Registry("thing", "metacompress.things", {"a": "not_there.x:A"})
    with pytest.raises(MissingDependencyError, match="needs the package not_there"):
        elsewhere.get("a")
    submodule = ModuleNotFoundError("no", name="pymoo.core")
    assert "[search]" in str(missing_package("a search", submodule))


def test_the_hub_without_datasets_names_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original = builtins.__import__

    def without_datasets(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "datasets":
            raise ModuleNotFoundError("No module named 'datasets'", name="datasets")
        return original(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without_datasets)
    with pytest.raises(MissingDependencyError, match=r"package datasets.*\[hub\]"):
        load_dataset("hub:anything", "vulnerability-prediction", split="test")
