"""Walk over the modules of a package, without those that an absent extra needs."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def modules_of(package: str) -> Iterator[ModuleType]:
    """Yield every module of ``package`` that can be imported here, in the order of names.

    A module that needs a package of an extra (torch, pymoo) is left out where it is not installed.
    """
    root = importlib.import_module(package)
    yield root
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        if found.name.endswith("__main__"):
            continue
        try:
            yield importlib.import_module(found.name)
        except ImportError as error:
            if (error.name or "").partition(".")[0] in {package, ""}:
                raise
