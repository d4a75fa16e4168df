"""The two parts of the inputs of a study."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """Sources are the examples as given, follow-ups are their variants."""

    SOURCES = "sources"
    FOLLOW_UPS = "follow_ups"

    @property
    def words(self) -> str:
        """The part as people write it."""
        return self.replace("_", "-")
