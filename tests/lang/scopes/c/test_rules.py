"""Scope analysis of C and C++: hand-written cases for each rule.

In a marked program every bound identifier carries the number of its binding, as in
``int f@0(int a@1) { return a@1 + b; }``; what carries none is unbound.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes import Binding, BindingKind, FixedReason, ScopeAnalysis, resolve


def analyse(source: str, language: Language = Language.C) -> ScopeAnalysis:
    return resolve(parse(source, language))


def mark(source: str, language: Language = Language.C) -> str:
    edits = [
        Edit(span.end, span.end, f"@{number}")
        for number, binding in enumerate(analyse(source, language).bindings)
        for span in binding.occurrences
    ]
    return apply_edits(source.encode(), edits)[0].decode()


def reasons(source: str, language: Language = Language.C) -> dict[str, FixedReason | None]:
    return {binding.name: binding.fixed for binding in analyse(source, language).bindings}


def only(source: str, name: str, language: Language = Language.C) -> Binding:
    (binding,) = [b for b in analyse(source, language).bindings if b.name == name]
    return binding


C_PROGRAMS = {
    "parameter": "int f@0(int a@1) { return a@1 + b; }",
    "scope begins behind the declarator": "int f@0(int a@1) { { int a@2 = a@2; } return a@1; }",
    "size comes before the name": "void f@0(int n@1) { { int n@2[n@1]; n@2[0] = 1; } }",
    "declarators see the ones before": "void f@0(void) { int a@1 = 1, *b@2 = &a@1, c@3[a@1]; }",
    "body shares the parameters' scope": "void f@0(int a@1) { int b@2 = a@1; { int a@3; a@3; } }",
    "sibling blocks": "void f@0(void) { { int i@1; i@1; } { int i@2; i@2; } i; }",
    "for": "void f@0(int i@1) { for (int i@2 = 0, j@3 = i@2; i@2 < j@3; i@2++) g(i@2); i@1; }",
    "for body": "void f@0(void) { for (int i@1 = 0; i@1 < 3; i@1++) { int i@2 = 1; i@2; } }",
    "switch": "void f@0(int a@1) { switch (a@1) { int b@2; case A: b@2 = 1; default: b@2; } }",
    "do": "void f@0(void) { do { int k@1 = 1; k@1; } while (k); }",
    "statement expression": "int f@0(int a@1) { return ({ int b@2 = a@1; b@2; }) + b; }",
    "old-style parameters": "int f@0(a@1, b@2) int a@1; char *b@2; { return a@1 + *b@2; }",
    "prototype": "int f@0(int n@1, int a@2[n@1], int (*m@3)[n@1]); int n@4;",
    "variable-length array parameter": "void f@0(int n@1, int a@2[n@1]) { a@2[n@1 - 1] = 0; }",
    "parameter hides what its size used": "int n@0; void f@1(int a@2[n@0], int n@3) { n@3; }",
    "array parameter qualifiers": "void f@0(int a@1[static 3], int b@2[const], int c@3[*]) { }",
    "function pointer parameter": "int f@0(int (*cb@1)(int x@2, int y@3), int x@4)"
    " { return cb@1(x@4, y); }",
    "function pointer": "int (*g@0)(int a@1) = h; int a@2;",
    "table of functions": "int f@0(int q@1); int (*t@2[])(int q@3) = { f@0, g };",
    "function that returns a function": "int (*f@0(int a@1))(int b@2) { return g(a@1, b); }",
    "function parameter": "int f@0(int q@1(int z@2)) { return q@1(z); }",
    "recursion": "int f@0(int n@1) { return n@1 ? f@0(n@1 - 1) : 0; }",
    "call before definition": (
        "int main@0(void) { return f@1(1); } int f@1(int a@2) { return a@2; }"
    ),
    "declared and defined": "int f@0(int); int g@1(void) { return f@0(1); } int f@0(int a@2) {}",
    "declared in a block": "int g@0(void) { int f@1(int a@2); return f@1(1); } int f@1(int b@3) {}",
    "extern in a block": "int x@0 = 1; int g@1(void) { extern int x@0; return x@0; }",
    "tentative definitions": "int x@0; int x@0 = 3; static int y@1; int f@2(void) { return x@0; }",
    "labels": "void f@0(int out@1) { goto out@2; { again@3: ; } goto again@3; out@2: out@1++; }",
    "labels of two functions": (
        "void f@0(void) { a@1: goto a@1; } void g@2(void) { a@3: goto a@3; }"
    ),
    "label behind label": "void f@0(void) { a@1: b@2: ; goto b@2; }",
    "no such label": "void f@0(void) { goto a; }",
    "label address": (
        "void f@0(int a@1) { void *p@2[] = { &&a@3, [1] = &&b@4 }; a@3: b@4: f@0(!&a@1); }"
    ),
    "tag and variable": (
        "struct x@0 { int x; } x@1; void f@2(void) { struct x@0 y@3; y@3.x = x@1.x; }"
    ),
    "unknown tag": "struct x x@0; void f@1(struct x *p@2) { p@2->x = 1; }",
    "recursive tag": "struct n@0 { struct n@0 *next; int (*cb)(int a@1); };",
    "local tag": (
        "struct s@0 { int a; }; void f@1(void) { struct s@2 { int b; } v@3; } struct s@0 w@4;"
    ),
    "tag in parameters": "void f@0(struct s@1 { int a; } *p@2) { struct s@1 q@3 = *p@2; }",
    "enumeration": "enum e@0 { A@1, B@2 = A@1 + 1 } v@3 = B@2; void f@4(enum e@0 w@5) { A@1; }",
    "local enumeration": "void f@0(void) { { enum { A@1 = 1 }; A@1; } A; }",
    "enumerator begins behind its value": "enum { A@0 }; void f@1(void) { enum { A@2 = A@0 }; }",
    "typedef": "typedef int T@0, *P@1; T@0 f@2(P@1 p@3) { return *(T@0 *)p@3 + sizeof(T@0); }",
    "typedef of a tag": (
        "typedef struct s@0 { int a; } s@1; s@1 f@2(struct s@0 *p@3) { return *p@3; }"
    ),
    "typedef of a function": "typedef int (*fn@0)(int a@1); fn@0 g@2;",
    "local typedef": "void f@0(void) { typedef int T@1; T@1 T1@2; T@1 *p@3 = (T@1 *)&T1@2; }",
    "members": "void f@0(struct s *p@1) { int a@2 = p@1->a + (*p@1).a; p@1->b.a = a@2; }",
    "designators": "void f@0(int x@1) { struct s v@2 = { .x = x@1, .y.x[x@1] = 1, x: x@1 }; }",
    "array designators": "enum { N@0 }; int a@1[] = { [N@0] = x, [1 ... N@0] = y };",
    "compound literal": "int f@0(int a@1) { return g((struct a) { .a = a@1 }, (int[]) { a@1 }); }",
    "bit-fields": "enum { N@0 = 3 }; struct s@1 { int a : N@0; int : 3; int b[N@0]; };",
    "sizeof": "int f@0(int a@1) { return sizeof a@1 + sizeof(a@1) + sizeof(T) + sizeof(T *); }",
    "casts": "int f@0(int a@1, int b@2) { return (a@1) - b@2 + (a@1)(b@2) + (T)a@1 + (T)(b@2); }",
    "typeof": "void f@0(int x@1) { typeof(x@1) y@2 = x@1; __typeof__(y@2) z@3; }",
    "generic selection": "int f@0(int x@1) { return _Generic(x@1, T: x@1, default: y); }",
    "alignment": "enum { N@0 = 8 }; void f@1(void) { _Alignas(N@0) int a@2 = _Alignof(int); a@2; }",
    "assembly": 'void f@0(int a@1) { int b@2; asm("nop" : "=r"(b@2) : "r"(a@1), "m"(c)); }',
    "attributes": (
        "void f@0(int a@1 __attribute__((unused))) { __attribute__((aligned(8))) int b@2; }"
    ),
    "macro for a name": "void RENAME(scale)(int w@0) { w@0++; }",
    "macro for a function": "DEFINE_TEST(name)\n{ int a@0 = 1; use(a@0); }",
    "nested function": "int f@0(int x@1) { int g@2(int y@3) { return x@1 + y@3; } return g@2(1); }",
    "directives": "#define N 3\nint a@0[N];\n#if N > 2 && defined(M)\nint b@1;\n#elif M\n#endif\n",
    "storage classes": "void f@0(register int a@1) { static int b@2; auto int c@3 = a@1 + b@2; }",
    "comma and conditional": "int f@0(int a@1) { return a@1, a@1 ? a@1 : b; }",
    "parenthesised declarators": "int (a@0), (*b@1), *(c@2), (*d@3)[3], ((*e@4(int x@5)));",
    "words of C++": (
        "int f@0(int new@1, int class@2) { int this@3 = new@1 + class@2; return this@3; }"
    ),
}

CPP_PROGRAMS = {
    "range-for": "void f@0(T v@1) { for (auto& v@2 : v@1) v@2++; for (int i@3 : {1, 2}) i@3; }",
    "lambda": "void f@0(int q@1, int v@2) { auto l@3 = [&, q@1, z@4 = v@2](int a@5) mutable -> int"
    " { int b@6 = a@5 + q@1; return z@4; }; l@3(a); }",
    "lambda hides": "void f@0(int x@1) { [x@1](int y@2) { int x@3; x@3; }; [=] { x@1; }; }",
    "labels of a lambda": "void f@0() { a@1: [] { a@2: goto a@2; }; goto a@1; }",
    "references": (
        "void f@0(int &a@1, T &&b@2, int (&c@3)[3]) { int &d@4 = a@1; d@4 = b@2 + c@3[0]; }"
    ),
    "structured binding": (
        "void f@0() { auto [a@1, b@2] = g(); for (auto [k@3, v@4] : a@1) k@3 + v@4; }"
    ),
    "catch": "void f@0(int e@1) { try { e@1; } catch (E &e@2) { e@2; } catch (...) { e@1; } }",
    "function try block": (
        "int f@0(int a@1) try { return a@1; } catch (T e@2) { return e@2 + a@1; }"
    ),
    "conditions": (
        "void f@0() { if (int q@1 = g(); q@1) q@1; else q@1; while (int k@2 = g()) k@2; k; }"
    ),
    "condition from a name": (
        "void f@0(int n@1) { while (int k@2 = n@1) k@2; if (int n@3 = n@3) n@3; }"
    ),
    "default arguments": (
        "int y@0; void f@1(int x@2 = y@0, int = y@0); void f@1(int x@3, int) { x@3; }"
    ),
    "overloads": "int f@0(int a@1) { return 1; } int f@0(T b@2) { return f@0(1); }",
    "template": "template <typename T@0, int N@1 = 3> T@0 f@2(T@0 a@3[N@1]) { T@0 b@4 = a@3[0]; }"
    " int g@5() { return f@2(1); }",
    "pack": "template <class... Ts@0> void f@1(Ts@0... ts@2) { g(ts@2...); sizeof...(ts@2); }",
    "partial specialisation": "template <class T@0, int N@1> struct A<T@0[N@1]> { T@0 a; };",
    "members are unbound": "struct A@0 { int x; void m(int a@1) { x = a@1; y(); } int y(); } v@2;",
    "later members are members": "struct A@0 { int get() { return x; } int x; };",
    "class sees what is no member": "int g@0; struct A@1 { int x; int m() { return x + g@0; } };",
    "nested types are members": (
        "struct A@0 { struct B { int x; }; enum { C }; typedef int T; B b; };"
    ),
    "constructor": "struct A@0 { A(int x@1) : x(x@1), y{x@1} { x@1++; } int x, y; };",
    "members outside of the class": "struct A@0 { int x; int m(int); };"
    " int A@0::m(int a@1) { return x + a@1; }",
    "operators": "struct A@0 { int x; bool operator<(const A@0 &o@1) const { return x < o@1.x; } };"
    " A@0 operator+(A@0 a@2, A@0 b@3) { return a@2; }",
    "derived class": (
        "struct A@0 { int x; }; struct B@1 : A@0 { int m(int a@2) { return x + a@2; } };"
    ),
    "local class": (
        "void f@0() { struct P@1 { int x; int m(int a@2) { return a@2 + x; } }; P@1 p@3; }"
    ),
    "scoped enumeration": "enum class E@0 { R, G }; int f@1(E@0 e@2) { return e@2 == E@0::R; }",
    "enumeration": "enum E@0 { R@1, G@2 }; int f@3(E@0 e@4) { return e@4 == R@1; }",
    "namespace": "namespace n { int x; int f(int a@0) { return x + a@0; } } int y@1 = n::x;",
    "std name as a local": (
        "using namespace std; int f@0(int a@1) { int max@2 = a@1; return max@2; }"
    ),
    "qualified": "int f@0(int max@1) { return std::max(max@1, A::max); }",
    "alias": "using I@0 = int; I@0 f@1(I@0 a@2) { return (I@0)a@2; }",
    "typedef of a tag": "typedef struct s@0 { s@0 *next; } s@0; s@0 *p@1;",
    "tag without struct": (
        "struct node@0 { int a; node@0 *next; }; node@0 *head@1; struct node@0 n@2;"
    ),
    "variable from arguments": (
        "void f@0(int n@1, int m@2) { T v@3(n@1), w@4(n@1, m@2); v@3 = w@4; }"
    ),
    "variable from a product": "void f@0(int n@1, int m@2) { T v@3(n@1 * m@2); v@3 + m@2; }",
    "variable from an expression": "void f@0(int n@1) { T v@2(n@1 + 1), w@3{n@1}; v@2 = w@3; }",
    "new": "void f@0(int n@1) { int *p@2 = new int[n@1]; new T(n@1); delete[] p@2; }",
    "main without a type": "main@0() { int a@1; a@1 = 1; }",
    "linkage": 'extern "C" { int x@0; int f@1(int a@2) { return a@2 + x@0; } }',
    "requires": (
        "template <class T@0> int f@1(T@0 a@2) { return requires(T@0 x@3) { x@3 + a@2; }; }"
    ),
}


@pytest.mark.parametrize("marked", C_PROGRAMS.values(), ids=C_PROGRAMS)
def test_c_bindings(marked: str) -> None:
    assert mark(re.sub(r"@\d+", "", marked)) == marked


@pytest.mark.parametrize("marked", CPP_PROGRAMS.values(), ids=CPP_PROGRAMS)
def test_cpp_bindings(marked: str) -> None:
    assert mark(re.sub(r"@\d+", "", marked), Language.CPP) == marked


FIXED = {
    # name: (reason, program)
    "main": ("main", "int main(void) { return 0; }"),
    "declared": ("external", "int declared(int a);"),
    "seen": ("external", "extern int seen; int f(void) { return seen; }"),
    "errno_here": ("external", "int f(void) { extern int errno_here; return errno_here; }"),
    "strlen": ("library-name", "int strlen(char *s) { return 0; }"),
    "item": ("macro-argument", "void f(int item) { QTAILQ_FOREACH(item, &head, next) { g(1); } }"),
    "m": ("macro-argument", "void f(T *p, int m) { container_of(p, T, m); }"),
    "ap": ("macro-argument", "int f(int n, va_list ap) { return n + va_arg(ap, int); }"),
    "pos": ("macro-argument", "void f(T *pos) { list_for_each_entry(pos, &h, m) { g(1); } }"),
    "fail": ("macro-argument", "void f(int a) { READ(a + 1, fail); fail: g(a); goto fail; }"),
    "init": ("macro-argument", "static void init(void) { } type_init(init);"),
    "loop": ("macro-argument", "void f(int loop) { each(loop) { g(1); } }"),
    "own": ("macro-argument", "#define sq(x) ((x) * (x))\nint f(int own) { return sq(own); }"),
    "len": ("macro-body", "#define LAST (len - 1)\nint f(int len) { return len + LAST; }"),
    "wide": ("macro-body", "int f(int wide) {\n#if defined(wide) || wide > 2\nwide++;\n#endif\n}"),
    "known": ("macro-body", "int f(int known) {\n#ifdef known\nknown++;\n#endif\n}"),
    "priv": ("macro-body", "int f(int priv) {\n#pragma omp parallel private(priv)\n{ g(priv); } }"),
    "gone": ("macro-body", "int f(int gone) {\n#undef gone\nreturn gone; }"),
    "told": ("stringised", '#define P(x) printf(#x "%d", x)\nvoid f(int told) { P(told + 1); }'),
    "named": ("stringised", "void named(void) { log(__func__); }"),
    "state": ("hidden-use", "int f(int state) { CHECK_STATE; return state; }"),
    "bits": ("hidden-use", "int f(int bits) { int v = NEXT_BIT(); return v + bits; }"),
    "inside": ("hidden-use", 'int f(int inside) {\n#include "body.h"\nreturn inside; }'),
    "env": ("hidden-use", "int f(CPU *cpu) { T *env = cpu->env; return PAGE_SIZE(cpu->x); }"),
    "broken": ("syntax-error", "int f(int broken) { broken = ) 3; return 1; }"),
    "shadowed": (
        "syntax-error",
        "int f(int shadowed) { { int shadowed; } g(= 1); return shadowed; }",
    ),
    "both": (
        "ambiguous",
        "void f(void) {\n#ifdef A\nint both;\n#else\nlong both;\n#endif\nboth = 1; }",
    ),
    "factor": ("ambiguous", "int f(int factor) { a * factor; return factor; }"),
    "left": ("ambiguous", "int f(int left, int b) { left * b; return b; }"),
    "after": ("ambiguous", "int f(int after) { BEGIN_CODE\n after = 1; return after; }"),
    "behind": ("ambiguous", "int f(int behind) { BEGIN(x)\n behind = 1; return behind; }"),
    "early": ("ambiguous", "int f(void) { return early; } int early = 1;"),
    "twice": ("ambiguous", "void f(void) { twice: g(); twice: g(); }"),
    "escaped": (
        "ambiguous",
        "void f(void) { for (int escaped = 0; g(); ) escaped++; h(escaped); }",
    ),
    "jump": ("ambiguous", "void f(void) { __label__ jump; goto jump; jump: ; }"),
    "op": ("asm-operand", 'void f(int op) { asm("inc %[op]" : [op] "+r"(op)); }'),
    "callee": ("asm-operand", 'void callee(void) { } void f(void) { asm("call callee"); }'),
    "unused": ("attribute", "void f(int unused) { __attribute__((unused)) int a = unused; }"),
    "MAKE": ("ambiguous", "static int MAKE(name, int a) { return a; }"),
}
CPP_FIXED = {
    "max": ("library-name", "int max(int a, int b) { return a > b ? a : b; }"),
    "x": ("member", "int x; struct A { int x; int m() { return x; } };"),
    "y": ("member", "int y; struct A : Unseen { int m() { return y; } };"),
    "z": ("member", "int z; int Unseen::m() { return z; }"),
    "w": ("member", "int w; namespace n { int w; int f() { return w; } }"),
    "C": ("member", "struct C { C(int a) { } };"),
    "q": ("qualified", "int q; int f(int q1) { return ::q; }"),
    "v": ("ambiguous", "void f() { T v(SIZE); v.g(); }"),
    "k": ("ambiguous", "void f(int k) { a & k; g(k); }"),
    "p": ("ambiguous", "void f(int n, int p, int q) { a < n > p; g(p); }"),
    "u": ("ambiguous", "void f(int u) { { union { int u; float g; }; u = 1; } }"),
    "later": ("ambiguous", "template <class T> int f(T a) { return later(a); } int later(A a) { }"),
}


@pytest.mark.parametrize("name", FIXED)
def test_c_reasons_to_keep_a_name(name: str) -> None:
    reason, source = FIXED[name]
    assert {b.fixed for b in analyse(source).bindings if b.name == name} == {FixedReason(reason)}


@pytest.mark.parametrize("name", CPP_FIXED)
def test_cpp_reasons_to_keep_a_name(name: str) -> None:
    reason, source = CPP_FIXED[name]
    found = {b.fixed for b in analyse(source, Language.CPP).bindings if b.name == name}
    assert found == {FixedReason(reason)}


FREE = {
    "evaluating macro": "int f(int free) { return FFMIN(free, 3) + MAX(free, ARRAY_SIZE(free)); }",
    "families of macros": "int f(T *free) { return AV_RB32(free) + FOO_GET_CLASS(free)->x; }",
    "assertion": "int f(int free) { assert(free); av_assert0(free); return free; }",
    "function": "int f(int free) { return unseen(free); }",
    "upper-case function of the program": "int F(int); int F(int a) { return a; }"
    " int f(int free) { return F(free); }",
    "part of an argument": "int f(int free) { return QUOTE(free + 1) + QUOTE(free->a); }",
    "member of the same name": "void f(int free) { container_of(g(free + 1), T, a.free); }",
    "error elsewhere": "int f(int free) { x = ) 3; g(); return free; }",
    "error in another function": (
        "int g(int a) { { int free; } x = ) 3; } int f(int free) { free; }"
    ),
    "unknown word before the type": "static av_cold int f(int free) { return free; }",
    "unknown type": "int f(T *free) { T *other = free; T *more; return other + more + free; }",
    "loop macro": "int f(int free) { LIST_FOREACH(a, &free->list, b) { g(free); } return 0; }",
    "directive elsewhere": "#define N 3\nint f(int free) { return free + N; }",
    "declared again": "int free; int f(void) { return free; } int free = 1;",
}


@pytest.mark.parametrize("source", FREE.values(), ids=FREE)
def test_names_that_may_change(source: str) -> None:
    found = [b for b in analyse(source).bindings if b.name == "free" and len(b.occurrences) > 1]
    assert found
    assert {b.fixed for b in found} == {None}


def test_functions_keep_their_name_only_for_a_reason() -> None:
    assert reasons("static int f(int a) { return a; }") == {"f": None, "a": None}
    assert reasons("static av_cold int f(int a) { return a; }") == {"f": None, "a": None}


def test_kinds() -> None:
    source = """
        typedef int T; struct S { int m; }; enum { E }; int v;
        void f(int p) { int l; enum { C }; static int s; typedef int U; x: goto x; }
    """
    assert {b.name: b.kind for b in analyse(source).bindings} == {
        "T": BindingKind.TYPE,
        "S": BindingKind.TYPE,
        "E": BindingKind.MODULE_VARIABLE,
        "v": BindingKind.MODULE_VARIABLE,
        "f": BindingKind.FUNCTION,
        "p": BindingKind.PARAMETER,
        "l": BindingKind.LOCAL,
        "C": BindingKind.LOCAL,
        "s": BindingKind.LOCAL,
        "U": BindingKind.TYPE,
        "x": BindingKind.LABEL,
    }


def test_scopes_are_those_that_declare() -> None:
    source = "int v; int f(int p, int (*q)(int r)) { int a; for (int i;;) { int b; } }"
    program = source.encode()
    scopes = {b.name: program[slice(*b.scope)].decode() for b in analyse(source).bindings}
    assert scopes == {
        "v": source,
        "f": source,
        "p": "int f(int p, int (*q)(int r)) { int a; for (int i;;) { int b; } }",
        "q": "int f(int p, int (*q)(int r)) { int a; for (int i;;) { int b; } }",
        "r": "(*q)(int r)",
        "a": "{ int a; for (int i;;) { int b; } }",
        "i": "for (int i;;) { int b; }",
        "b": "{ int b; }",
    }


def test_names_in_macro_bodies_are_known() -> None:
    analysis = analyse('#define SWAP(x) { int tmp = x + 0xfeL; /* no */ log("no"); }\nint a;')
    assert {"SWAP", "x", "tmp", "log", "a"} <= analysis.names
    assert not {"no", "xfeL"} & analysis.names


@pytest.mark.parametrize("language", [Language.C, Language.CPP])
@pytest.mark.parametrize("source", ["", "\n", "// a\n", ";", "}", "{", "int", "(", "\\", "\x00a"])
def test_programs_without_much(source: str, language: Language) -> None:
    assert all(binding.fixed for binding in analyse(source, language).bindings)


def test_names_need_not_be_ascii() -> None:
    assert mark("int f@0(int größe@1) { return größe@1; }".replace("@0", "").replace("@1", "")) == (
        "int f@0(int größe@1) { return größe@1; }"
    )
    assert resolve(parse(b"int a\xff; int b;", Language.C)).names >= {"b"}


DEEP = {
    "parentheses": ("int f(int x) { return ", "(", "x", ")", "; }"),
    "blocks": ("void f(int x) { ", "{ int x = 1; x++; ", "x;", "}", " }"),
    "declarators": ("int ", "(", "x", ")", ";"),
    "pointers": ("int ", "*", "x", "", ";"),
    "else": ("void f(int x) { ", "if (x) x = 1; else ", "x;", "", " }"),
    "calls": ("int f(int x) { return ", "g(", "x", ")", "; }"),
    "labels": ("void f(int x) { ", "{ a: x++; ", "x;", "}", " }"),
    "errors": ("void f(int x) { ", "{ x = ) 1; ", "x;", "}", " }"),
}


@pytest.mark.parametrize("language", [Language.C, Language.CPP])
@pytest.mark.parametrize("shape", DEEP)
def test_any_depth(shape: str, language: Language) -> None:
    before, opening, core, closing, after = DEEP[shape]
    depth = 10_000
    source = before + opening * depth + core + closing * depth + after
    tokens = Counter(re.findall(r"\b[abfgx]\b", source))
    analysis = analyse(source, language)
    found = Counter(name for _, name in analysis.unbound)
    for binding in analysis.bindings:
        found[binding.name] += len(binding.occurrences)
    assert found == tokens


# A program is drawn as a list of steps; a plain stack of dictionaries says what each name means.
_STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "close", "for", "declare", "use"]), st.sampled_from("abc")),
    max_size=40,
)


@settings(deadline=None)
@given(_STEPS, st.sampled_from([Language.C, Language.CPP]))
def test_nested_scopes_agree_with_a_model(steps: list[tuple[str, str]], language: Language) -> None:
    count = 1
    scopes: list[dict[str, int]] = [{}]
    marked = "void f@0(void) { "
    for step, name in steps:
        visible = {key: value for scope in scopes for key, value in scope.items()}
        if step == "open":
            scopes.append({})
            marked += "{ "
        elif step == "close" and len(scopes) > 1:
            scopes.pop()
            marked += "} "
        elif step == "use" and name in visible:
            marked += f"g({name}@{visible[name]}); "
        elif step == "declare" and name not in scopes[-1]:
            scopes[-1][name] = count
            marked += f"int {name}@{count} = {name}@{count} + 1; "
            count += 1
        elif step == "for":
            marked += f"for (int {name}@{count} = 0; {name}@{count} < 3; {name}@{count}++) {{ "
            scopes += [{name: count}, {}]
            count += 1
            scopes[-2:] = [scopes[-2] | scopes[-1]]
    marked += "} " * len(scopes)
    assert mark(re.sub(r"@\d+", "", marked), language) == marked


CAPTURES = {
    "a local by an inner one": ("int f(int a) { int b = a; return b + a; }", "b", "a"),
    "an inner one by an outer one": ("int f(int a) { { int b = 1; g(a, b); } }", "b", "a"),
    "a global": ("int v; int f(int a) { return a + v; }", "a", "v"),
    "a function": ("int f(int a) { return f(a); }", "a", "f"),
    "an unseen function": ("int f(int a) { return g(a); }", "a", "g"),
    "an unseen type": ("int f(int a) { T *b = a; return b; }", "a", "T"),
    "an enumerator": ("enum { E }; int f(int a) { return a + E; }", "a", "E"),
    "a typedef name": ("typedef int T; int f(int a) { T b = a; return b; }", "a", "T"),
    "a label": ("void f(void) { a: g(); b: goto a; goto b; }", "a", "b"),
}


@pytest.mark.parametrize(("source", "old", "new"), CAPTURES.values(), ids=CAPTURES)
def test_capture_changes_the_signature(source: str, old: str, new: str) -> None:
    before = analyse(source)
    edits = [Edit(*span, new) for span in only(source, old).occurrences]
    after = analyse(apply_edits(source.encode(), edits)[0].decode())
    assert after.signature != before.signature
    harmless = [Edit(*span, "fresh") for span in only(source, old).occurrences]
    assert analyse(apply_edits(source.encode(), harmless)[0].decode()).signature == before.signature
