"""Any Python callable or Classifier by its name: ``python:module:attribute``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError, UsageError
from metacompress.models.callables import CallableOptions, callable_classifier
from metacompress.models.classifier import Classifier

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.spec import ModelSpec


def load(spec: ModelSpec, task: Task) -> Classifier:
    """Any Python callable or Classifier: python:module:attribute."""
    options = spec.options_as(CallableOptions)
    module_name, colon, attribute = spec.location.partition(":")
    if not colon or not module_name or not attribute:
        raise UsageError(f"write python:MODULE:ATTRIBUTE, not {spec}", option="model")
    working_directory = str(Path.cwd())
    if working_directory not in sys.path:
        sys.path.insert(0, working_directory)
    try:
        thing: Any = importlib.import_module(module_name)
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
