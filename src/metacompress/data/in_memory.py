"""What stands for data and models that a Python program holds: no command finds them again."""

EXAMPLES = "memory"
"""The path of examples that come from no file."""

_MARK = " in memory"


def named_in_memory(name: str) -> str:
    """What a model is called that a program holds."""
    return f"{name}{_MARK}"


def is_in_memory(path: object) -> bool:
    """Whether what settings call by this text came from a Python program."""
    return isinstance(path, str) and (path == EXAMPLES or path.endswith(_MARK))
