"""What Python itself says of a program; the grammar of tree-sitter takes more than Python does."""

from __future__ import annotations

import ast
import warnings


def parses_in_python(source: bytes) -> bool | None:
    """Whether Python parses ``source``; None where it is nested too deeply for an answer.

    Nothing of it is run, and a warning about it (an escape that Python does not know) is no error.
    """
    try:
        text = source.decode()
    except UnicodeDecodeError:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<program>", "exec", flags=ast.PyCF_ONLY_AST, dont_inherit=True)
        except (RecursionError, MemoryError):
            return None
        # A null byte is a ValueError in some releases, a column too far right an OverflowError.
        except (SyntaxError, ValueError, OverflowError):
            return False
    return True
