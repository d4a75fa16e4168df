"""Results of a scope analysis, the same for every language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from metacompress.lang.edits import Edit

if TYPE_CHECKING:
    from metacompress.lang.edits import Span


class BindingKind(StrEnum):
    """What a name is bound to."""

    LOCAL = "local"
    PARAMETER = "parameter"
    FUNCTION = "function"
    LABEL = "label"
    TYPE = "type"
    MODULE_VARIABLE = "module-variable"
    IMPORT = "import"


class FixedReason(StrEnum):
    """Why a name must not be renamed."""

    # Any language.
    SYNTAX_ERROR = "syntax-error"
    """The scope, or a token of the same name, touches a syntax error."""
    AMBIGUOUS = "ambiguous"
    """It is not certain which tokens mean this binding. In C and C++: it is declared twice in one
    scope (as in two preprocessor branches), used before its declaration, or perhaps not declared
    at all where the tree says so. In Java: a method of the name is also called where the
    receiver's class is not known. In Go: it is the key of a literal of an unseen type, where a
    field of that type may be meant."""
    TYPE = "type"
    """A class of Java or Python, or a type of Go: programs and their users see their names."""

    # C and C++.
    MAIN = "main"
    """The function ``main``."""
    EXTERNAL = "external"
    """A function that is declared but not defined, of Go too, or an ``extern`` variable."""
    LIBRARY_NAME = "library-name"
    """A function of the program that is called like a function of the standard library."""
    MACRO_ARGUMENT = "macro-argument"
    """An occurrence is a whole argument of an unseen macro, which might paste it, quote it, or use
    it as the name of a member, a type or a label."""
    MACRO_BODY = "macro-body"
    """The name occurs in a preprocessor directive."""
    PASTED = "pasted"
    """The program pastes tokens (``##``), and the outcome may be this name."""
    STRINGISED = "stringised"
    """A macro of the program quotes the name, or ``__func__`` reads the name of a function."""
    HIDDEN_USE = "hidden-use"
    """A macro may use it unseen: one without arguments in its scope, an ``#include`` in a
    function, any macro if nothing else uses it, or an unseen macro with arguments if the name is
    short, or one that macros take for granted."""
    QUALIFIED = "qualified"
    """C++ code names it after ``::``, which is not followed."""
    MEMBER = "member"
    """C++ code uses the name where a class or namespace may have a member of that name."""
    ASM_OPERAND = "asm-operand"
    """Inline assembly refers to it by name."""
    ATTRIBUTE = "attribute"
    """An attribute mentions it."""

    # Java.
    ANNOTATED = "annotated"
    """An annotation may make the name visible to a framework."""
    CAPTURED_BY_CLASS = "captured-by-class"
    """Used in a class whose supertypes may have a member of that name."""
    CASE_LABEL = "case-label"
    """A ``case`` label has the name and may mean this or an enum constant."""
    CLASS_UNSEEN = "class-unseen"
    """A method without its class, which may be called or overridden from anywhere."""
    INHERITED_OVERLOAD = "inherited-overload"
    """A private method that may be one overload beside inherited ones."""
    NATIVE = "native"
    """A method that is bound by its name to native code."""
    OVERRIDE = "override"
    """A method that may override, be overridden, or be called by the platform."""
    PATTERN_VARIABLE = "pattern-variable"
    """The flow scoping of patterns is not modelled."""
    RECORD_COMPONENT = "record-component"
    """A parameter in a record, whose canonical constructor must repeat the components' names."""
    REDECLARED = "redeclared"
    """Two locals of one name in one method, where javac reports an error."""
    TOP_LEVEL = "top-level"
    """A variable outside of any method, which may be a field."""
    TYPE_NAME = "type-name"
    """A token of the name stands where the grammar has a type. In TypeScript: a type has the name
    as well."""

    # Python.
    ANNOTATION = "annotation"
    """An annotation of the name is kept as text (PEP 563)."""
    BUILTIN = "builtin"
    """``super``, or a name of the module that hides a builtin, which the name means where it is
    not bound."""
    CLASS_ATTRIBUTE = "class-attribute"
    """Bound in a class, or bound in the module and perhaps read from a class."""
    DECORATED = "decorated"
    """A decorator may look at the function's name or its parameters' names."""
    DUNDER = "dunder"
    """A name that Python itself may look up."""
    EXPORTED = "exported"
    """A name of the module that is in ``__all__`` or is also used as an attribute. In Go: a
    function whose name begins with a capital letter."""
    F_STRING_TEXT = "f-string-text"
    """``f"{name=}"`` prints the name."""
    IMPORT = "import"
    """Renaming an imported name would need an alias."""
    KEYWORD_ARGUMENT = "keyword-argument"
    """A parameter that a call may name."""
    MANGLED = "mangled"
    """A private name of a class, which Python changes (language reference, 6.2.1)."""
    PYTHON_2 = "python-2"
    """The program has syntax that Python 3.11 does not have."""
    QUALIFIED_NAME = "qualified-name"
    """A function with a class inside, whose qualified name contains the function's."""
    REFLECTION = "reflection"
    """Reached by ``eval``, ``exec``, ``locals``, ``globals``, ``vars``, ``dir``, a star import,
    frames, signatures, ``sys.modules`` or ``__name__``."""
    TYPE_PARAMETER = "type-parameter"
    """A token of the name stands among type parameters or where they count."""
    UNICODE = "unicode"
    """Python normalises the name (NFKC) to another spelling."""

    # JavaScript and TypeScript.
    PARAMETER_PROPERTY = "parameter-property"
    """A parameter of a constructor that is a property of the object as well (TypeScript)."""
    INJECTED = "injected"
    """A parameter whose name a framework may read: beside one such as ``$scope``, or one that
    module loaders look for (``require``, ``exports``, ``module``)."""

    # Go.
    LINKED = "linked"
    """A comment directive (``//export``, ``//go:linkname``) names the function."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One declared name with all its uses inside the program.

    Attributes:
        name: the identifier.
        kind: what it is bound to.
        occurrences: every occurrence in the program, declarations included, in source order.
        scope: the bytes of the syntactic scope that declares it.
        fixed: why the name must not be changed, or None where a consistent renaming of all
            occurrences keeps behaviour.
        keyed: the occurrences that are also the key of a property, as in ``{a}`` of JavaScript,
            which stands for ``{a: a}``.
    """

    name: str
    kind: BindingKind
    occurrences: tuple[Span, ...]
    scope: Span
    fixed: FixedReason | None = None
    keyed: frozenset[Span] = frozenset()

    def renaming(self, name: str) -> list[Edit]:
        """The edits that give it another name; the keys of properties stay."""
        return [Edit(*span, self.spelled(span, name)) for span in self.occurrences]

    def spelled(self, span: Span, name: str) -> str:
        """What stands at one of the occurrences once the name is ``name``."""
        return f"{self.name}: {name}" if span in self.keyed and name != self.name else name


@dataclass(frozen=True)
class ScopeAnalysis:
    """The bindings of a program.

    Attributes:
        bindings: ordered by their first occurrence.
        unbound: every other identifier token as (span, name), in source order: names of
            unseen globals, functions, types, macros, fields, methods, keyword arguments.
    """

    bindings: tuple[Binding, ...]
    unbound: tuple[tuple[Span, str], ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every identifier that occurs in the program, bound or not."""
        return frozenset(b.name for b in self.bindings) | {name for _, name in self.unbound}

    @cached_property
    def signature(self) -> tuple[int | str, ...]:
        """The program's binding structure, free of bound names.

        One entry per identifier token in source order: the number of its binding (numbered by
        first occurrence), or the name itself where it is unbound. Two programs whose tokens
        correspond one to one are related by a capture-free renaming exactly if their
        signatures are equal.
        """
        tokens: list[tuple[int, int | str]] = [(span.start, name) for span, name in self.unbound]
        for number, binding in enumerate(self.bindings):
            tokens.extend((span.start, number) for span in binding.occurrences)
        tokens.sort(key=lambda token: token[0])
        return tuple(entry for _, entry in tokens)
