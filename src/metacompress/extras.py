"""Optional packages: which extra brings which, and how to install it here."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import MetaCompressError, MissingDependencyError, UsageError
from metacompress.threads import wait_passively

if TYPE_CHECKING:
    from collections.abc import Iterator

# Importable module to the extra of pyproject.toml that brings it; a test compares both.
EXTRAS = {
    "torch": "torch",
    "transformers": "torch",
    "safetensors": "torch",
    "accelerate": "torch",
    "onnx": "torch",
    "pymoo": "search",
    "numba": "search",
    "z3": "search",
    "sklearn": "search",
    "datasets": "hub",
    "gguf": "gguf",
    "pandas": "pandas",
    "ray": "ray",
    "grpc": "ray",
    "mlflow": "mlflow",
}


@contextmanager
def needing(what: str) -> Iterator[None]:
    """Say what to install where an import in the block finds no package.

    What is imported there finds threads that wait without work, see ``wait_passively``.

    Args:
        what: needs the package: ``training``.

    Raises:
        MissingDependencyError: a package is not installed.
    """
    wait_passively()
    try:
        yield
    except ModuleNotFoundError as error:
        raise missing_package(what, error) from None


def missing_package(what: str, error: ModuleNotFoundError) -> MetaCompressError:
    """The error that says what ``what`` needs and how to install it.

    A module of MetaCompress itself that is not found is a mistyped name, not a missing package.
    """
    module = error.name or ""
    package = module.partition(".")[0]
    if package == "metacompress" or not package:
        return UsageError(f"{what} cannot be imported: {error}")
    return MissingDependencyError(
        f"{what} needs the package {package}, which is not installed; install it with: "
        f"{install_command(package)}",
        package=package,
    )


def install_command(package: str) -> str:
    """The command that installs ``package``: by our extra, from the clone where there is one."""
    extra = EXTRAS.get(package)
    if extra is None:
        return f"pip install {package}"
    clone = Path(__file__).parents[2]
    if (clone / "pyproject.toml").is_file():
        return f"pip install -e '{clone}[{extra}]'"
    return f"pip install 'metacompress[{extra}]'"
