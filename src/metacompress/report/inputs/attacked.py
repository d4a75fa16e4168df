"""The attempts of a study of attacks, the successful ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.models.naming.role import Role
from metacompress.report.inputs.shown import ShownInput, ShownInputs, ShownSource
from metacompress.settings.task import task_of
from metacompress.study.attack.attempts import TABLE
from metacompress.study.attack.shown import ANSWERS, SOURCES

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.attack.summary import AttackSummary

_MOST = 20_000
_FIGURES = {
    "queries": "queries",
    "names": "identifiers_changed",
    "tokens": "tokens_changed",
    "characters": "edit_distance",
}
# Of an attempt that failed, and of one that succeeded.
_OUTCOMES = {"flip": ("kept", "lost"), "disagreement": ("agreed", "parted")}


def attempted_inputs(run: RunDirectory, summary: AttackSummary, most: int = _MOST) -> ShownInputs:
    """The variants that attacks made, with the answers of both models.

    Those that reach the goal come first, the fewest changed characters before more; then those
    on which an attack came closest.

    Args:
        run: a finished study of attacks.
        summary: of it.
        most: attempts that are shown at most.
    """
    labels = task_of(summary.task, summary.config).labels
    models = [str(role) for role in Role]
    sources = {
        row["id"]: ShownSource(
            row["id"],
            None if row["label"] is None else labels[row["label"]],
            row["language"],
            (),
            {name: row[name] for name in models},
            row["programs"],
        )
        for row in run.read_table(SOURCES).to_pylist()
    }
    answers = {_key(row): row for row in run.read_table(ANSWERS).to_pylist()}
    attempts = {_key(row): row for row in run.read_table(TABLE).to_pylist()}
    keys = sorted(answers, key=lambda key: (*_order(attempts[key]), key))
    inputs = [
        ShownInput(
            key,
            attempts[key]["id"],
            sources[attempts[key]["id"]],
            {
                "attack": attempts[key]["attack"],
                "victim": attempts[key]["victim"],
                "outcome": _OUTCOMES[summary.goal][attempts[key]["succeeded"]],
            },
            {name: answers[key][name] for name in models},
            attempts[key]["programs"],
            figures={
                title: attempts[key][column]
                for title, column in _FIGURES.items()
                if attempts[key][column] is not None
            },
        )
        for key in keys[:most]
    ]
    return ShownInputs(models, labels, inputs, len(keys))


def _key(row: dict[str, Any]) -> str:
    return "/".join((row["attack"], row["victim"], row["id"]))


def _order(row: dict[str, Any]) -> tuple[bool, float]:
    if row["succeeded"]:
        return False, row["edit_distance"] or 0.0
    return True, row["lowest"]
