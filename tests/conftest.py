from __future__ import annotations

import gc
import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HERE = Path(__file__).resolve().parent
SHARED = _HERE.parents[1] / "shared"
# With a long file at the end, one core would wait for the other.
_LONG = ("workers", "compression", "training", "docs")


gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.relative_to(_HERE).parts[0] not in _LONG)


def pytest_collection_finish() -> None:
    """Thousands of tests and the modules that they import stay: no collection need look at them."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("real data and models are not beside this checkout (../shared)")
    return SHARED


@pytest.fixture(autouse=True)
def _hears_interrupts() -> Iterator[None]:
    """A shell that starts the tests in the background lets them and all below ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What other runs measured and exported must not choose the back ends of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("METACOMPRESS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def c_function(number: int) -> str:
    return (
        f"int scale{number}(int count, const int *values)\n{{\n"
        f"    int total = {number};\n"
        "    for (int index = 0; index < count; index++)\n"
        "        total += values[index]; /* total so far */\n"
        "    return total;\n}\n"
    )


@pytest.fixture
def make_dataset() -> Callable[[int], Dataset]:
    def make(count: int) -> Dataset:
        examples = tuple(
            Example(str(k), (Program(c_function(k), Language.C),), k % 2, str(k), (str(k),))
            for k in range(count)
        )
        return Dataset(VULNERABILITY_PREDICTION, examples)

    return make


@pytest.fixture
def devign_file(tmp_path: Path) -> Path:
    """Sixty functions in the CodeXGLUE Devign layout."""
    path = tmp_path / "test.jsonl"
    rows = [{"idx": k, "func": c_function(k), "target": k % 2} for k in range(60)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path
