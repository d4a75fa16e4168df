"""The transformations that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.registry import Registry

if TYPE_CHECKING:
    from metacompress.transforms.base import Transformation

TRANSFORMS: Registry[type[Transformation]] = Registry(
    kind="transformation",
    group="metacompress.transforms",
    builtins={
        "flip-comparison": "metacompress.transforms.flip_comparison:FlipComparison",
        "swap-if-branches": "metacompress.transforms.swap_if_branches:SwapIfBranches",
        "rename-identifiers": "metacompress.transforms.rename_identifiers:RenameIdentifiers",
    },
)
