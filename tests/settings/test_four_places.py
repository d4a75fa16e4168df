"""A setting is defined once, and is in four places: flag, TOML key, keyword, reference page."""

from __future__ import annotations

import inspect
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.cli.app import app
from metacompress.compression.settings import CompressionSettings, PruneSettings, QuantizeSettings
from metacompress.repairing.settings import RepairSettings
from metacompress.settings.flat import nested, settings_of
from metacompress.settings.reference import reference
from metacompress.settings.toml import config_text
from metacompress.settings.validation import validated
from metacompress.study.attack.config import AttackConfig
from metacompress.study.check.config import CheckConfig
from metacompress.study.completions.config import CompletionsConfig
from metacompress.study.fidelity.config import FidelityConfig
from metacompress.study.locate.config import LocateConfig
from metacompress.study.planning.settings import PlanConfig
from metacompress.study.replay.config import ReplayConfig
from metacompress.study.settings import PredictSettings
from metacompress.training.settings import DistillationSettings, ExportSettings, TrainingSettings
from metacompress.variants.settings import TransformSettings

if TYPE_CHECKING:
    from metacompress.settings.base import Settings

# Model, command, function.
PLACES = [
    (CheckConfig, ("check",), metacompress.check),
    (PlanConfig, ("plan",), metacompress.plan),
    (AttackConfig, ("attack",), metacompress.attack),
    (FidelityConfig, ("fidelity",), metacompress.fidelity),
    (CompletionsConfig, ("completions",), metacompress.completions),
    (LocateConfig, ("locate",), metacompress.locate),
    (RepairSettings, ("repair",), metacompress.repair),
    (ReplayConfig, ("replay",), metacompress.replay),
    (PredictSettings, ("predict",), metacompress.predict),
    (TransformSettings, ("transform",), metacompress.transform),
    (TrainingSettings, ("train",), metacompress.train),
    (DistillationSettings, ("distill",), metacompress.distill),
    (ExportSettings, ("export",), metacompress.export),
    (CompressionSettings, ("compress", "morph"), metacompress.compress),
    (QuantizeSettings, ("compress", "quantize"), metacompress.quantize),
    (PruneSettings, ("compress", "prune"), metacompress.prune),
]
places = pytest.mark.parametrize(
    ("model", "command", "function"), PLACES, ids=[model.__name__ for model, *_ in PLACES]
)
# Of compress, the subcommand says it.
COMMANDS = {"--technique"}


def flags_of(command: tuple[str, ...]) -> dict[str, Any]:
    named = app
    for word in command:
        named = named[word]
    return {
        name: one for one in named.assemble_argument_collection() for name in one.names
    }  # fmt: skip


@places
def test_every_setting_is_a_flag(model: type[Settings], command: Any, function: Any) -> None:
    flags = flags_of(command)
    for setting in settings_of(model):
        if setting.flag in COMMANDS:
            continue
        assert setting.flag in flags, setting.flag
        assert setting.description in flags[setting.flag].parameter.help


@places
def test_every_setting_is_a_toml_key(model: type[Settings], command: Any, function: Any) -> None:
    text = config_text(model, {}, command[-1])
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    for setting in settings_of(model):
        if setting.named_tables and setting.default:
            assert f"[{setting.key}.{next(iter(setting.default))}]" in lines
            continue
        *table, name = setting.path
        assert any(line.startswith(f"{name} = ") for line in lines), setting.key
        assert not table or f"[{table[0]}]" in lines
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in text.splitlines()
        if not line.startswith("# ") or line.removeprefix("# ").split(" = ")[0].isidentifier()
    )
    found = tomllib.loads(uncommented)
    for setting in settings_of(model):
        table = found
        for one in setting.path[:-1]:
            table = table[one]
        assert setting.path[-1] in table


@places
def test_every_setting_is_a_keyword(model: type[Settings], command: Any, function: Any) -> None:
    parameters = inspect.signature(function).parameters
    assert not any(one.kind is one.VAR_KEYWORD for one in parameters.values())
    for setting in settings_of(model):
        assert setting.keyword in parameters, setting.keyword
        assert f"{setting.keyword}: " in function.__doc__
        shown = parameters[setting.keyword]
        if shown.kind is shown.KEYWORD_ONLY:
            assert shown.default == (shown.empty if setting.required else setting.default)


@places
def test_every_setting_is_on_the_page(model: type[Settings], command: Any, function: Any) -> None:
    page = reference(model)
    for setting in settings_of(model):
        (row,) = [line for line in page.splitlines() if f"| `{setting.key}` |" in line]
        assert row.startswith(f"| `{setting.flag}` |")
        assert setting.description.replace("|", "\\|") in row


@places
def test_a_help_text_stands_alone(model: type[Settings], command: Any, function: Any) -> None:
    """It is there, begins as a sentence, and does not go on from the name of its flag."""
    for setting in settings_of(model):
        first = setting.description.split()[0]
        assert first[0].isupper(), setting.key
        assert first not in ("Of", "To", "That", "What"), setting.key


def test_keywords_and_toml_give_the_same_settings() -> None:
    keywords = {
        "task": "clone-detection", "teacher": "mock:", "student": "mock:", "data": "demo",
        "split": "test", "language": "c", "limit": 3, "tolerance": 0.2, "seed": 4,
    }  # fmt: skip
    by_keyword = validated(CheckConfig, nested(CheckConfig, keywords))
    text = config_text(CheckConfig, nested(CheckConfig, keywords), "check")
    assert validated(CheckConfig, tomllib.loads(text)) == by_keyword
    assert by_keyword.data.limit == 3
    assert {one["tolerance"] for one in by_keyword.relations.values()} == {0.2}


def test_a_mistyped_keyword_is_one_line() -> None:
    with pytest.raises(metacompress.errors.UsageError, match=r"'limt'; did you mean limit"):
        metacompress.check("mock:", "mock:", "demo", task="clone-detection", limt=3)
