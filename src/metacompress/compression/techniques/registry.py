"""The techniques by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.registry import Registry

if TYPE_CHECKING:
    from metacompress.compression.techniques.technique import Technique

TECHNIQUES: Registry[type[Technique]] = Registry(
    kind="technique",
    group="metacompress.techniques",
    builtins={
        "compressor": "metacompress.compression.techniques.compressor:Compressor",
        "avatar": "metacompress.compression.techniques.avatar:Avatar",
        "morph": "metacompress.compression.techniques.morph:Morph",
    },
)
