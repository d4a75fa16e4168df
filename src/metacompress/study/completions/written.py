"""What a model wrote behind a prompt, and how like another text it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Levenshtein, Prefix

from metacompress.study.completions.prompts import until_function_ends
from metacompress.study.completions.tables import End
from metacompress.variants.renaming import with_old_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.lang.language import Language
    from metacompress.models.next_token.continuing import Continuation


@dataclass(frozen=True, slots=True)
class Written:
    """A completion.

    Attributes:
        text: up to the end of the function.
        ends: places in it behind each token, in characters; the last token may go on behind it.
        end: where it ends.
        plain: the text in the names of the source.
    """

    text: str
    ends: tuple[int, ...]
    end: End
    plain: str

    @classmethod
    def of(
        cls,
        found: Continuation,
        prompt: str,
        language: Language,
        start: int | None,
        names: Mapping[str, str],
    ) -> Written:
        """What of a continuation counts.

        Args:
            found: behind the prompt.
            prompt: that was read.
            language: of both.
            start: of the function in the prompt, in bytes; None where there is none.
            names: what names of the source are called in the prompt.
        """
        own = until_function_ends(prompt, found.text, language, start)
        text = found.text if own is None else own
        end = End.FUNCTION if own is not None else End.TEXT if found.ended else End.LENGTH
        # The token that holds the last character belongs to it.
        whole = sum(1 for _ in takewhile(lambda place: place < len(text), found.ends))
        plain = with_old_names(text, prompt, language, names)
        return cls(text, found.ends[: whole + 1], end, plain)

    def beside(self, teacher: Written) -> dict[str, Any]:
        """A student's completion beside the teacher's, as the table has it."""
        same = self.text == teacher.text
        common = Prefix.similarity(self.text, teacher.text)
        agreed = sum(1 for place in teacher.ends if place <= common)
        return {
            "similarity": similarity(teacher.text, self.text),
            "first_divergent": None if same else agreed,
            "agreed": 1.0 if same or not teacher.ends else agreed / len(teacher.ends),
        }


def similarity(first: str, second: str) -> float:
    """Normalised edit similarity of two texts, in [0, 1]; 1 of equal ones."""
    found: float = Levenshtein.normalized_similarity(first, second)
    return found
