"""Names of data and models that only a Python program holds. No command can find them again."""

EXAMPLES = "memory"
"""The path of examples that come from no file."""

_MARK = " in memory"


def named_in_memory(name: str) -> str:
    """The name of a model that only a Python program holds."""
    return f"{name}{_MARK}"


def is_in_memory(path: object) -> bool:
    """Whether this is a name of such data, or of such a model."""
    return isinstance(path, str) and (path == EXAMPLES or path.endswith(_MARK))
