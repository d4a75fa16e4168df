from __future__ import annotations

import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def package() -> grimp.ImportGraph:
    """All imports, with those that only annotations need: whoever reads a file follows them."""
    return grimp.build_graph("metacompress", cache_dir=None)


@pytest.fixture(scope="module")
def linter() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]


def circle_in(graph: grimp.ImportGraph) -> list[str]:
    """The files of a circle of imports, the first one again at the end; none without a circle."""
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_circle_of_files(package: grimp.ImportGraph) -> None:
    assert len(package.modules) > 300
    assert circle_in(package) == []


def test_a_circle_would_be_found() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in (("a", "b"), ("b", "c"), ("c", "d"), ("c", "a")):
        graph.add_import(importer=importer, imported=imported)
    assert set(circle_in(graph)) == {"a", "b", "c"}


def test_no_contract_overlooks_an_import(linter: dict) -> None:
    assert "exclude_type_checking_imports" not in linter
    assert linter["contracts"]
    for contract in linter["contracts"]:
        overlooked = {"ignore_imports", "exhaustive_ignores", "skip_descendants"} & contract.keys()
        assert not overlooked, contract["name"]


def layers(linter: dict) -> list[str]:
    whole = next(one for one in linter["contracts"] if "metacompress.cli" in one.get("layers", ()))
    return [one.strip() for layer in whole["layers"] for one in layer.split("|")]


def test_every_folder_has_its_layer(linter: dict, package: grimp.ImportGraph) -> None:
    """A contract holds nothing of what it does not name."""
    unnamed = package.find_children("metacompress") - set(layers(linter))
    assert unnamed == {"metacompress.__main__"}


def test_the_documentation_has_the_folders_in_the_order_of_imports(linter: dict) -> None:
    text = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    folders = re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)
    order = [name.removeprefix("metacompress.") for name in layers(linter)]
    above = order[order.index("cli") : order.index("registry")]
    assert folders == above
