"""Page of the Python API: the docstrings of what the package exports."""

from __future__ import annotations

import importlib
import inspect


def python_page(package: str) -> str:
    """Return the page: functions, classes, errors."""
    module = importlib.import_module(package)
    exported = {name: getattr(module, name) for name in module.__all__ if not name.startswith("_")}
    functions = [name for name, value in exported.items() if inspect.isroutine(value)]
    classes = [name for name, value in exported.items() if inspect.isclass(value)]
    return (
        "\n\n".join(
            [
                "# Python API",
                f"`import {package}` loads neither torch nor transformers.",
                "## Functions",
                *(_directive("autofunction", f"{package}.{name}") for name in sorted(functions)),
                "## Classes",
                *(
                    _directive("autoclass", f"{package}.{name}", *_members(exported[name]))
                    for name in sorted(classes)
                ),
                "## Errors",
                _directive("automodule", f"{package}.errors", ":members:", ":show-inheritance:"),
            ]
        )
        + "\n"
    )


def _members(kind: type) -> list[str]:
    # The fields of a named tuple stand in its docstring.
    fields = getattr(kind, "_fields", ())
    return [":members:", *([f":exclude-members: {', '.join(fields)}"] if fields else [])]


def _directive(kind: str, name: str, *options: str) -> str:
    body = "\n".join([f".. {kind}:: {name}", *(f"   {option}" for option in options)])
    return f"```{{eval-rst}}\n{body}\n```"
