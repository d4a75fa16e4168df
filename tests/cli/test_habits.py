"""Ordinary habits at the command line and in TOML."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import tomlkit

import metacompress
from metacompress.attacks import ATTACKS
from metacompress.cli.entry import main
from metacompress.errors import UnknownNameError, UsageError
from metacompress.relations import DEFAULT_RELATIONS
from metacompress.settings.toml import config_text, read_config
from metacompress.settings.validation import validated
from metacompress.study.attack.config import AttackConfig
from metacompress.study.check.config import CheckConfig
from metacompress.transforms import TRANSFORMS
from metacompress.variants.plan import make_transformations

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
MODELS = {"task": TASK, "teacher": "mock:", "student": "mock:", "data": {"path": "x.jsonl"}}


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command, in this process."""
    monkeypatch.setattr(sys, "argv", ["metacompress", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_one_name_may_stand_without_a_list() -> None:
    config = validated(
        CheckConfig,
        {**MODELS, "transforms": "rename-identifiers", "relations": "prediction-agreement?eps=1"},
    )
    assert config.transforms == ("rename-identifiers",)
    assert config.relations == {"prediction-agreement": {"eps": "1"}}
    assert validated(AttackConfig, {**MODELS, "attacks": "mhm?rounds=50"}).attacks == (
        "mhm?rounds=50",
    )
    assert [one.name for one in make_transformations("layout")] == ["layout"]


@pytest.mark.parametrize("every", ["all", ["all"], ("layout", "all")])
def test_all_stands_for_every_name(every: object) -> None:
    config = validated(CheckConfig, {**MODELS, "transforms": every, "relations": every})
    assert config.transforms == tuple(TRANSFORMS.names())
    assert set(config.relations) == set(DEFAULT_RELATIONS)
    assert set(validated(AttackConfig, {**MODELS, "attacks": every}).attacks) == set(
        ATTACKS.names()
    )


@pytest.mark.parametrize("silly", [5, None, 1.5, {"a": 1}, [1]])
def test_what_are_no_names_is_refused_in_one_line(silly: object) -> None:
    for setting in ("transforms", "relations"):
        with pytest.raises(UsageError, match=setting):
            validated(CheckConfig, {**MODELS, setting: silly})


def test_check_takes_a_string_of_transforms(make_dataset, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(2),
        report=False,
        task=TASK,
        transforms="rename-identifiers",
        relations="prediction-agreement",
        run=tmp_path / "r",
    )
    assert list(result.summary.variants.transformations) == ["rename-identifiers"]
    variants = metacompress.transform("int f(int a) { return a; }", "layout", language="c")
    assert [row.transformation for row in variants.attempts] == ["layout"]


def test_every_line_of_the_template_is_valid_once_uncommented(tmp_path: Path) -> None:
    template = config_text(CheckConfig, {}, "check")
    uncommented = re.sub(r"^# (?=\w+ = )", "", template, flags=re.MULTILINE)
    (tmp_path / "all.toml").write_text(uncommented)
    settings = read_config(tmp_path / "all.toml")
    config = validated(CheckConfig, settings)
    assert set(settings) == set(type(config).model_fields)
    assert set(settings["data"]) == set(type(config.data).model_fields)
    # ... and each alone, beside what is required.
    for line in re.findall(r"^# (\w+ = .*)$", template, flags=re.MULTILINE):
        tomlkit.parse(line)


def test_an_option_of_one_value_is_refused_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for repeated in (
        ("check", "--teacher", "a", "--teacher", "b"),
        ("check", "--seed=1", "--seed", 2),
        ("attack", "--control", "--no-control"),
        ("compress", "morph", "--target-mb", 1, "--target-mb", 2),
    ):
        status, _, err = run(monkeypatch, capsys, *repeated)
        assert status == 2
        assert re.fullmatch(r"error: --\S+ is given more than once and takes one value; .*\n", err)


def test_repeatable_options_and_plain_switches_may_come_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(
        monkeypatch,
        capsys,
        *("check", "--transform", "layout", "--transform", "comments", "--write-config"),
        "--write-config",
    )
    assert (status, 'transforms = ["layout", "comments"]' in out) == (0, True)


@pytest.mark.parametrize(
    "given", ["rename", "identifiers", "Rename_Identifiers", "rename-identifer"]
)
def test_a_part_of_a_name_is_understood_in_the_suggestion(given: str) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'rename-identifiers'"):
        TRANSFORMS.get(given)
    with pytest.raises(UnknownNameError, match="known: "):
        TRANSFORMS.get("")


@pytest.mark.parametrize(
    "seed", [-1, 2**32, 2**64, 10**5000], ids=["-1", "33 bits", "65 bits", "huge"]
)
def test_seeds_out_of_range_are_one_line(seed: int) -> None:
    with pytest.raises(UsageError, match="seed"):
        validated(CheckConfig, {**MODELS, "seed": seed})
    with pytest.raises(UsageError, match="seed"):
        metacompress.transform("int a;", "layout", language="c", seed=seed)


@pytest.mark.parametrize("name", ["a\0b", "caf\udce9.jsonl"])
def test_names_that_no_file_can_have_are_one_line(name: str) -> None:
    for settings in ({**MODELS, "data": {"path": name}}, {**MODELS, "teacher": name}):
        with pytest.raises(UsageError, match=r"NUL|not valid UTF-8"):
            validated(CheckConfig, settings)
    with pytest.raises(UsageError, match=r"NUL|not valid UTF-8"):
        metacompress.load_dataset(name, TASK)


def test_a_file_name_that_is_not_utf8_at_the_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "metacompress", "report", b"caf\xe9"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        b"error: command line: caf\\udce9 is not valid UTF-8; rename the file, or give UTF-8 text\n"
    )


def test_a_configuration_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    for content in (b"seed = " + b"9" * 5000, b"\xff", b"a = " + b"[" * 5000):
        path.write_bytes(content)
        with pytest.raises(UsageError, match="no valid TOML"):
            read_config(path)
    with pytest.raises(UsageError, match="not a regular file"):
        read_config(tmp_path)


@pytest.mark.parametrize(
    "study", ["check", "attack", "fidelity", "completions", "locate", "plan", "repair"]
)
def test_a_study_takes_its_file_of_settings_by_place_and_by_name(
    study: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for given in (["study.toml"], ["--config", "study.toml"]):
        status, _, err = run(monkeypatch, capsys, study, *given)
        assert (status, err) == (2, "error: study.toml: no such configuration file\n")


def test_another_system_is_told_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("metacompress.system.KIND", "nt")
    status, _, err = run(monkeypatch, capsys, "list", "tasks")
    assert status == 2
    assert err.startswith("error: MetaCompress runs on Linux and macOS")
