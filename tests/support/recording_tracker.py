"""A tracker of a user, which remembers what it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class RecordingTracker:
    """Keeps stages, figures by name and step, and files."""

    def __init__(self) -> None:
        self.stages: list[str] = []
        self.steps: dict[tuple[str, int | None], float] = {}
        self.artifacts: list[Path] = []

    @property
    def metrics(self) -> dict[str, float]:
        """Figures that are measured once."""
        return {name: value for (name, step), value in self.steps.items() if step is None}

    def on_stage(self, title: str, total: int) -> None:
        assert total >= 0
        self.stages.append(title)

    def on_metric(self, name: str, value: float, step: int | None = None) -> None:
        assert (name, step) not in self.steps
        self.steps[name, step] = value

    def on_artifact(self, path: Path) -> None:
        assert path.is_file()
        self.artifacts.append(path)
