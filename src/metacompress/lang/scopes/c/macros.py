"""What is known of macros and library names that C and C++ programs use without declaring them.

Everything here is a judgement by name alone, since the definitions are out of sight.
"""

from __future__ import annotations

import re

C_KEYWORDS = frozenset(
    """
    asm auto bool break case char const continue default do double else enum extern false float
    for goto if inline int long register restrict return short signed sizeof static struct switch
    true typedef typeof union unsigned void volatile while _Alignas _Alignof _Atomic _Bool
    _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local __alignof__ __asm __asm__
    __attribute __attribute__ __auto_type __const __extension__ __inline __inline__ __label__
    __restrict __signed__ __thread __typeof __typeof__ __volatile __volatile__
    """.split()
)
CPP_KEYWORDS = C_KEYWORDS | frozenset(
    """
    alignas alignof and and_eq bitand bitor catch class compl concept const_cast constexpr
    decltype delete dynamic_cast explicit export friend mutable namespace new noexcept not not_eq
    nullptr operator or or_eq private protected public reinterpret_cast requires static_assert
    static_cast template this thread_local throw try typeid typename using virtual wchar_t xor
    xor_eq
    """.split()
)

TYPEOF = frozenset({"typeof", "__typeof", "__typeof__", "typeof_unqual", "decltype", "_Atomic"})

FUNCTION_NAME_MACROS = frozenset({"__func__", "__FUNCTION__", "__PRETTY_FUNCTION__"})

# Lower-case macros of Linux, QEMU and FFmpeg that take the name of a member or a type, or paste
# or quote an argument.
_NAME_TAKING = frozenset(
    """
    __builtin_offsetof container_of offset_of offsetof offsetofend sizeof_field typeof va_arg
    list_entry list_first_entry
    list_last_entry list_next_entry list_prev_entry hlist_entry rb_entry field_sizeof glue
    xglue tostring stringify xstring type_init module_init block_init device_init machine_init
    opts_init trace_init
    """.split()
)
_ITERATING = re.compile(r"for_?each", re.IGNORECASE)

# Upper-case macros that only evaluate their arguments.
_EVALUATING = frozenset(
    """
    ABS ARRAY_SIZE AVERROR DIV_ROUND_UP FFABS FFALIGN FFDIFFSIGN FFMAX FFMAX3 FFMIN
    FFMIN3 FFNABS FFSIGN FFSWAP FF_ARRAY_ELEMS FF_CEIL_RSHIFT AV_CEIL_RSHIFT G_N_ELEMENTS MAX
    MIN MIN_NON_ZERO MKBETAG MKTAG QEMU_ALIGN_DOWN QEMU_ALIGN_UP QEMU_IS_ALIGNED ROUNDED_DIV
    ROUND_UP RSHIFT ENV_GET_CPU QDECREF QINCREF BUS CPU DEVICE ISA_DEVICE MACHINE
    OBJECT PCI_DEVICE QIO_CHANNEL QOBJECT SCSI_DEVICE SYS_BUS_DEVICE VIRTIO_DEVICE ARM_CPU
    MIPS_CPU POWERPC_CPU S390_CPU X86_CPU FD_CLR FD_ISSET FD_SET FD_ZERO WEXITSTATUS WIFEXITED
    WIFSIGNALED WTERMSIG DPRINTF
    """.split()
)
_EVALUATING_FAMILY = re.compile(
    r"AV_(?:[RW][BLN]\d+A?|COPY\d+U?|ZERO\d+|SWAP\d+)|\w+_GET_CLASS|[A-Z]+_CLASS|\w+_DPRINTF"
)


def may_use_argument_names(callee: str) -> bool:
    """Whether an undeclared ``callee`` may do more with an argument's name than evaluate it."""
    if callee.isupper():
        return callee not in _EVALUATING and not _EVALUATING_FAMILY.fullmatch(callee)
    return callee in _NAME_TAKING or _ITERATING.search(callee) is not None


# Upper-case macros of queues, lists and file modes: they name nothing but their arguments.
_CLOSED_FAMILY = re.compile(
    r"Q?(?:TAILQ|LIST|SLIST|STAILQ|SIMPLEQ|RB|SPLAY|CIRCLEQ)_\w+|Q_\w+|S_IS[A-Z]+|DO_UPCAST"
    r"|U?INT(?:MAX|\d+)_C|G_\w+|GTK_\w+|PCI_(?:SLOT|FUNC|DEVFN|BUILD_BDF)|IS_ERR|PTR_ERR|BUG_ON"
)
# Locals that macros of QEMU and FFmpeg use without getting them as arguments.
TAKEN_FOR_GRANTED = frozenset({"ctx", "dev", "env", "s"})
# The one among them that names without capitals stand for, too: ``#define msr_ir env->msr``.
TAKEN_BY_ANY_NAME = "env"
# Letters of the longest other local that a macro is taken to use without getting it.
LONGEST_HIDDEN_USE = 3


def longest_hidden_use(callee: str, *, is_statement: bool, is_certain: bool) -> int:
    """The length of the longest local that an undeclared ``callee`` may use without an argument.

    Of 1,813 functions of Devign whose files are known, 33 hold macros that use a local which is
    not their argument: 20 of these macros stand for a statement, and most of the names have at
    most three letters; see docs/reference/transformations.md.

    Args:
        callee: what is called.
        is_statement: nothing is done with its value.
        is_certain: it cannot be a function where it stands, however it is written.

    Returns:
        0 where it is taken to be a function, or a macro that uses its arguments only.
    """
    if callee in _NAME_TAKING or _CLOSED_FAMILY.fullmatch(callee):
        return 0
    if not (is_certain or may_use_argument_names(callee)):
        return 0
    return LONGEST_HIDDEN_USE if is_statement else 2
