from __future__ import annotations

import shlex
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from metacompress.cli.app import app
from metacompress.compression.settings import UNUSED, CompressionSettings
from metacompress.data.in_memory import EXAMPLES, named_in_memory
from metacompress.relations import make_relation
from metacompress.settings.command_line import command_line
from metacompress.settings.flat import settings_of
from metacompress.settings.validation import validated
from metacompress.study.attack.config import AttackConfig
from metacompress.study.check.config import CheckConfig

if TYPE_CHECKING:
    from metacompress.settings.base import Settings

MODELS = {"task": "vulnerability-prediction", "teacher": "mock:", "student": "mock:?seed=1"}


def same(settings: Settings) -> dict[str, Any]:
    """The settings, with relations as they are evaluated: constants of a flag are texts."""
    content = settings.model_dump()
    found = {name: make_relation(name, given) for name, given in content["relations"].items()}
    return {**content, "relations": found}


@pytest.mark.parametrize(
    ("model", "command", "settings"),
    [
        (CheckConfig, "check", {**MODELS, "data": {"path": "a b.jsonl", "limit": 5, "head": True}}),
        (
            CheckConfig,
            "check",
            {
                **MODELS,
                "data": {"path": "x", "fields": {"code": "the code"}},
                "student": {"small": "a", "tiny": "b's"},
                "transforms": ["layout", "braces"],
                "mix": {"layout": 2.5},
                "relations": {"prediction-agreement": {"tolerance": 0.1}, "robustness-gap": {}},
                "slices": False,
                "sequential": True,
                "confidence": 0.9,
            },
        ),
        (AttackConfig, "attack", {**MODELS, "data": {"path": "x"}, "attacks": ["mhm"]}),
    ],
)
def test_the_command_gives_the_settings_back(
    model: type[Settings],
    command: str,
    settings: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = validated(model, settings)
    text = command_line(model, made.model_dump(mode="json"), command)
    words = shlex.split(text.replace("\\\n", " "))
    assert words[:2] == ["metacompress", command]
    app([*words[1:], "--write-config"], result_action="return_value")
    written = tomllib.loads(capsys.readouterr().out)
    assert same(validated(model, written)) == same(made)
    # What is at its default is not said.
    assert "--seed" not in words


@pytest.mark.parametrize(
    "given",
    [
        {"teacher": named_in_memory("Mine")},
        {"student": {"small": named_in_memory("Mine")}},
        {"data": {"path": EXAMPLES}},
    ],
)
def test_a_command_says_that_a_program_held_what_it_names(given: dict[str, Any]) -> None:
    made = validated(CheckConfig, {**MODELS, "data": {"path": "x"}, **given})
    text = command_line(CheckConfig, made.model_dump(mode="json"), "check")
    assert text.startswith("# ")
    assert shlex.split(text.replace("\\\n", " "), comments=True)[:2] == ["metacompress", "check"]


def test_a_run_may_be_called_like_examples_in_memory() -> None:
    made = validated(CheckConfig, {**MODELS, "data": {"path": "x"}, "run": EXAMPLES})
    text = command_line(CheckConfig, made.model_dump(mode="json"), "check")
    assert text.startswith("metacompress check ")


@pytest.mark.parametrize("technique", UNUSED)
def test_the_command_of_a_compression_gives_back_what_its_technique_uses(
    technique: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        **{name: MODELS[name] for name in ("task", "teacher")},
        "technique": technique,
        "data": {"path": "x"},
        "space": {"layers": (1, 2), "hidden": (16,)},
        "budget": 5,
        "variant_labels": "inherited",
        "seeds": 3,
        "out": "made",
    }
    made = validated(CompressionSettings, given)
    content = {**made.model_dump(mode="json"), "technique": None}
    text = command_line(CompressionSettings, content, "compress", UNUSED[technique])
    words = shlex.split(text.replace("\\\n", " "))
    app(["compress", technique, *words[2:], "--write-config"], result_action="return_value")
    written = tomllib.loads(capsys.readouterr().out)
    used = {
        one.path[0]
        for one in settings_of(CompressionSettings)
        if one.group not in UNUSED[technique]
    }
    again = validated(CompressionSettings, {**written, "technique": technique})
    assert again.model_dump(include=used) == made.model_dump(include=used)
