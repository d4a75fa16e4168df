"""The package exports what its users hold, without importing it before it is used."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import metacompress
from metacompress import errors

PACKAGE = Path(metacompress.__file__).parent
FUNCTIONS = """
    attack check compare completions compress distill export fidelity load_classifier load_dataset
    load_run locate plan predict prune quantize repair replay train transform
""".split()
CLASSES = """
    Attack AttackResult CheckResult Classifier ComparisonResult CompletionsResult Dataset Edit
    Example FidelityResult FixedTransformation Gate Judgement Language Level LocateResult
    MetaCompressError Outputs Predictions Program Relation Site Span Task Tracker Transformation
""".split()


def test_what_is_exported() -> None:
    exported = {name: getattr(metacompress, name) for name in metacompress.__all__}
    assert metacompress.__all__ == dir(metacompress)
    assert sorted(name for name, one in exported.items() if inspect.isroutine(one)) == FUNCTIONS
    assert sorted(name for name, one in exported.items() if inspect.isclass(one)) == CLASSES
    assert exported.keys() - {*FUNCTIONS, *CLASSES} == {"__version__", "errors"}
    assert metacompress.errors is errors


def test_every_exported_member_is_documented() -> None:
    for name in {*FUNCTIONS, *CLASSES}:
        assert (getattr(metacompress, name).__doc__ or "").strip(), name


def test_a_subpackage_exports_what_it_has() -> None:
    for path in sorted(PACKAGE.rglob("__init__.py")):
        if "__all__" in path.read_text():
            name = ".".join(("metacompress", *path.parent.relative_to(PACKAGE).parts))
            module = importlib.import_module(name)
            for member in module.__all__:
                assert hasattr(module, member), f"{name}.{member}"


def test_what_is_underscored_is_used_in_its_file_only() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("metacompress"):
                names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                private = [name for name in names if name.startswith("_")]
                assert not set(private) - {"__version__"}, f"{path}: {private}"


def test_imports_stay_light() -> None:
    code = (
        "import sys, metacompress, metacompress.cli.app\n"
        "heavy = {'torch', 'transformers', 'matplotlib', 'scipy', 'numpy', 'pyarrow', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_export_imports_a_package_of_an_extra() -> None:
    code = (
        "import sys, metacompress\n"
        "for name in metacompress.__all__:\n"
        "    getattr(metacompress, name)\n"
        "print(sorted({'torch', 'transformers', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
