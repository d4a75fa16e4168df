"""What a command said on standard error beside its progress."""

from __future__ import annotations

from metacompress.runs.progress import LINE_PREFIX


def errors_of(stderr: str) -> list[str]:
    """The lines that are not progress; a slow machine has some."""
    return [line for line in stderr.splitlines() if not line.startswith(LINE_PREFIX)]
