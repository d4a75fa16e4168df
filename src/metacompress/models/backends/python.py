"""Any Python callable or Classifier by its name: ``python:module:attribute``.

A path of a file, ``python:path/to/file.py:attribute``, stands for the module in it.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.errors import MetaCompressError, ModelError, UsageError
from metacompress.models.callables import CallableOptions, callable_classifier
from metacompress.models.naming.location import existing_path
from metacompress.models.protocols.classifier import Classifier

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec


def load(spec: ModelSpec, task: Task) -> Classifier:
    """Any Python callable or Classifier: python:module:attribute."""
    options = spec.options_as(CallableOptions)
    module_name, colon, attribute = spec.location.rpartition(":")
    if not colon or not module_name or not attribute:
        raise UsageError(
            f"write python:MODULE:ATTRIBUTE or python:FILE.py:ATTRIBUTE, not {spec}", option="model"
        )
    try:
        thing = _imported(module_name, spec)
        for part in attribute.split("."):
            thing = getattr(thing, part)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{spec}: no module {error.name!r} in the Python path", option="model"
        ) from None
    except AttributeError:
        raise UsageError(
            f"{spec}: module {module_name} has no {attribute!r}", option="model"
        ) from None
    except MetaCompressError:
        raise
    except (Exception, SystemExit) as error:
        raise ModelError(
            f"{spec}: importing it raised {type(error).__name__}: {error}", model=spec
        ) from error
    if isinstance(thing, Classifier):
        return thing
    if not callable(thing):
        raise UsageError(
            f"{spec}: a {type(thing).__name__} is neither a callable nor a Classifier",
            option="model",
        )
    return callable_classifier(thing, task, name=str(spec), options=options)


def _imported(name: str, spec: ModelSpec) -> Any:
    """The module of a name or of a file; its directory goes before others, as for a script."""
    file = existing_path(name) if name.endswith(".py") else None
    directory = str(Path.cwd() if file is None else file.parent.absolute())
    if directory not in sys.path:
        sys.path.insert(0, directory)
    module = importlib.import_module(name if file is None else file.stem)
    if file is not None and not file.samefile(getattr(module, "__file__", None) or "."):
        raise UsageError(
            f"{spec}: another module {file.stem} was imported before; rename the file",
            option="model",
        )
    return module
