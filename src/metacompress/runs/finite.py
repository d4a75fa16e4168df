"""JSON has no number for what is not finite."""

from __future__ import annotations

import math
from typing import Any


def finite(content: Any) -> Any:
    """The same content with text keys, and null for NaN and infinities."""
    if isinstance(content, dict):
        return {str(key): finite(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [finite(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
