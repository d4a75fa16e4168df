"""Which identifiers a program may use, per language."""

from __future__ import annotations

import builtins
import keyword
import re

from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes.java.names import PLATFORM_METHODS

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_CAMEL_CASE = re.compile(r"[a-z]{2,}(?:[A-Z][a-z0-9]+)+")


_C_KEYWORDS = frozenset(
    """
    alignas alignof auto bool break case char const constexpr continue default do double else
    enum extern false float for goto if inline int long nullptr register restrict return short
    signed sizeof static static_assert struct switch thread_local true typedef typeof
    typeof_unqual union unsigned void volatile while asm fortran
""".split()
)

# Names that the standard headers define as macros or that every program may rely on: a local of
# that name compiles or not, depending on headers that a snippet does not show.
_C_LIBRARY = frozenset(
    """
    NULL EOF BUFSIZ FILE RAND_MAX CHAR_BIT INT_MAX INT_MIN LONG_MAX LONG_MIN SIZE_MAX UINT_MAX
    assert errno stdin stdout stderr offsetof setjmp va_arg va_copy va_end va_start va_list
    size_t ssize_t ptrdiff_t wchar_t time_t off_t pid_t uint8_t uint16_t uint32_t uint64_t
    int8_t int16_t int32_t int64_t uintptr_t intptr_t intmax_t uintmax_t uint ulong ushort
    u_char main unix linux i386 complex I isnan isinf signbit isfinite isnormal fpclassify
    printf fprintf sprintf snprintf scanf sscanf malloc calloc realloc free memcpy memset
    memmove memcmp strlen strcmp strncmp strcpy strncpy strcat strchr strrchr strstr exit
    abort container_of likely unlikely min max current major minor makedev near far interface
    small foreach forever slots signals emit environ st_atime st_mtime st_ctime sa_handler
    sa_sigaction s_addr h_addr
""".split()
)

_CPP_KEYWORDS = frozenset(
    """
    and and_eq bitand bitor catch char8_t char16_t char32_t class co_await co_return co_yield
    compl concept const_cast const_eval constinit consteval decltype delete dynamic_cast
    explicit export final friend import module mutable namespace new noexcept not not_eq
    operator or or_eq override private protected public reinterpret_cast requires static_cast
    template this throw try typeid typename using virtual wchar_t xor xor_eq std cin cout cerr
    endl string vector
""".split()
)

_JAVA_KEYWORDS = frozenset(
    """
    _ abstract assert boolean break byte case catch char class const continue default do
    double else enum extends final finally float for goto if implements import instanceof int
    interface long native new package private protected public return short static strictfp
    super switch synchronized this throw throws transient try void volatile while true false
    null exports module non opens permits provides record requires sealed to transitive uses
    var when with yield
""".split()
)

# Reserved words of every mode, words with a meaning in some places, and what every function or
# global scope has.
_JS_RESERVED = frozenset(
    """
    abstract any arguments as asserts async await boolean break case catch class const constructor
    continue debugger declare default delete do else enum eval export extends false finally for
    from function get global globalThis if implements import in infer instanceof interface is keyof
    let module namespace never new null number object of out override package private protected
    public readonly require return satisfies set static string super switch symbol target this
    throw true try type typeof undefined unique unknown using var void while with yield exports
    process window self document console
    Infinity NaN Array ArrayBuffer BigInt Boolean DataView Date Error Function Intl Iterator JSON
    Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol
    SyntaxError TypeError URIError URL WeakMap WeakRef WeakSet Buffer accessor meta
""".split()
)
PREDECLARED_IN_GO = frozenset(
    """
    _ any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32
    int64 rune string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear
    close complex copy delete imag len make max min new panic print println real recover
""".split()
)
"""Names that every Go program of some version may use undeclared, and the blank identifier."""
_GO_KEYWORDS = frozenset(
    """
    break case chan const continue default defer else fallthrough for func go goto if import
    interface map package range return select struct switch type var
""".split()
)

_RESERVED: dict[Language, frozenset[str]] = {
    Language.C: _C_KEYWORDS | _C_LIBRARY | {"_"},
    Language.CPP: _C_KEYWORDS | _C_LIBRARY | _CPP_KEYWORDS | {"_"},
    Language.JAVA: _JAVA_KEYWORDS,
    Language.PYTHON: frozenset(
        {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "self", "cls"}
    ),
    Language.JAVASCRIPT: _JS_RESERVED,
    Language.TYPESCRIPT: _JS_RESERVED,
    Language.GO: PREDECLARED_IN_GO | _GO_KEYWORDS | {"init", "main"},
}


def is_legal_name(name: str, language: Language) -> bool:
    """Whether a local variable may be called ``name`` in every program of ``language``.

    Refused are keywords, contextual ones too; names that standard headers or built-ins define;
    names that C and C++ reserve (``__x``, ``_X``) or that Python mangles (``__x``); and anything
    but ASCII letters, digits and underscores.
    """
    if not _IDENTIFIER.fullmatch(name) or name in _RESERVED[language]:
        return False
    if language in C_FAMILY:
        return "__" not in name and not (name[0] == "_" and name[1:2].isupper())
    return not name.startswith("__")


def is_legal_function_name(name: str, language: Language) -> bool:
    """Whether a function of the program may be called ``name`` in every program of ``language``.

    It stands among the names that headers, unseen ones too, declare for the whole file: in C and
    C++ it must have the form ``findMaximum``, which no name of the standard libraries has. In
    Java it must not be a method that every class has. In Go a capital would export it.
    """
    if not is_legal_name(name, language):
        return False
    if language in C_FAMILY:
        return _CAMEL_CASE.fullmatch(name) is not None
    if language is Language.GO:
        return name[0].islower()
    return language is not Language.JAVA or name not in PLATFORM_METHODS


def words(text: bytes) -> frozenset[str]:
    """Every run of identifier characters in ``text``, in comments and literals too."""
    return frozenset(re.findall(r"\w+", text.decode(errors="replace")))
