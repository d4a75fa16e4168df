"""Programming languages: any can be named, some have a front end that analyses programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from metacompress.errors import MissingFrontEndError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_INTERNED: dict[str, Language] = {}
_NAME = re.compile(r"[a-z0-9][a-z0-9+#._ -]{0,39}", re.ASCII)
# Other spellings, as data sets and file suffixes have them.
_ALIASES = {
    "c++": "cpp",
    "cc": "cpp",
    "cxx": "cpp",
    "py": "python",
    "python3": "python",
    "js": "javascript",
    "ecmascript": "javascript",
    "ts": "typescript",
    "golang": "go",
    "rb": "ruby",
    "rs": "rust",
    "cs": "csharp",
    "c#": "csharp",
    "c-sharp": "csharp",
    "c_sharp": "csharp",
    "f#": "fsharp",
    "kt": "kotlin",
    "pl": "perl",
    "hs": "haskell",
    "objc": "objective-c",
    "objectivec": "objective-c",
    "objective_c": "objective-c",
    "sh": "shell",
}


class Language(str):
    """A programming language; its value is its name in files and on the command line.

    Every language has one object: ``Language("ruby") is Language("ruby")``. Sources, recorded
    variants and models may be of any language. Transformations, attacks, data flow and every
    validity level need a front end (a grammar and the analyses that read its trees).
    """

    __slots__ = ()

    C: ClassVar[Language]
    CPP: ClassVar[Language]
    JAVA: ClassVar[Language]
    PYTHON: ClassVar[Language]
    JAVASCRIPT: ClassVar[Language]
    TYPESCRIPT: ClassVar[Language]
    GO: ClassVar[Language]

    def __new__(cls, name: str) -> Language:
        """Return the language of exactly this name; ``parse`` understands other spellings."""
        return _INTERNED.setdefault(name, super().__new__(cls, name))

    @property
    def has_front_end(self) -> bool:
        """Whether programs of this language can be analysed, and so transformed."""
        return self in FRONT_ENDS

    @classmethod
    def parse(cls, name: str) -> Language:
        """Return the language called ``name``, in any case; ``c++``, ``py``, ``js`` are understood.

        Raises:
            UsageError: ``name`` cannot be the name of a language.
        """
        lowered = name.strip().lower()
        if not _NAME.fullmatch(lowered):
            shown = repr(name) if len(name) <= 40 else repr(name[:40]) + "..."
            raise UsageError(
                f"{shown} is not the name of a language; write c, cpp, java, python, go and others",
                option="language",
            )
        return cls(_ALIASES.get(lowered, lowered))

    def __repr__(self) -> str:
        return f"Language({str(self)!r})"


Language.C = Language("c")
Language.CPP = Language("cpp")
Language.JAVA = Language("java")
Language.PYTHON = Language("python")
Language.JAVASCRIPT = Language("javascript")
Language.TYPESCRIPT = Language("typescript")
Language.GO = Language("go")

FRONT_ENDS = frozenset(
    {
        Language.C,
        Language.CPP,
        Language.JAVA,
        Language.PYTHON,
        Language.JAVASCRIPT,
        Language.TYPESCRIPT,
        Language.GO,
    }
)
"""The languages whose programs can be analysed."""
C_FAMILY = frozenset({Language.C, Language.CPP})
"""The languages with a preprocessor."""
C_AND_JAVA = C_FAMILY | {Language.JAVA}
"""Of the languages with braces, those whose types and statements every analysis reads."""
C_JAVA_PYTHON = C_AND_JAVA | {Language.PYTHON}
"""The languages that every analysis reads: types, effects, control flow, data flow."""
JS_FAMILY = frozenset({Language.JAVASCRIPT, Language.TYPESCRIPT})
"""JavaScript and what is made of it."""
LAYOUT_MATTERS = JS_FAMILY | {Language.PYTHON}
"""The languages in which other white space between the same tokens may mean something else."""


def require_front_end(
    languages: Iterable[Language], what: str, among: frozenset[Language] = FRONT_ENDS
) -> None:
    """Check that ``what`` finds at least one language with a front end.

    Args:
        languages: those that are there.
        what: needs one, for the message.
        among: the languages that have what it needs of a front end.

    Raises:
        MissingFrontEndError: there are languages, and none has one; the message lists those that
            do.
    """
    given = sorted(set(languages))
    if given and not among.intersection(given):
        raise MissingFrontEndError(
            f"{what} needs a front end for the language, and {', '.join(given)} has none; "
            f"languages with one: {', '.join(sorted(among))}",
            languages=given,
        )
