"""What attacks did, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.cells import NOTHING, interval, number, percent
from metacompress.report.tables.disagreements import disagreement_tables
from metacompress.report.tables.shown import ShownTable

if TYPE_CHECKING:
    from metacompress.study.attack.summary import AttackSummary


def attack_tables(summary: AttackSummary) -> list[ShownTable]:
    """Success, costs, drops, transfer and, where there are any, relations of a study of attacks.

    Of disagreements: those found, costs, and who left the class that both had predicted.
    """
    if summary.goal == "disagreement":
        tables = disagreement_tables(summary)
    else:
        tables = [
            _success_table(summary),
            _cost_table(summary),
            _paired_table(summary),
            _transfer_table(summary),
        ]
    if any(attack.relations for attack in summary.attacks.values()):
        tables.append(_relations_table(summary))
    return tables


def _success_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Inputs that the victim predicts right, with something to change: how many it loses",
        ["attack", "victim"],
        ["attacked", "lost %", "interval", "random %", "accuracy %", "F1 %"],
        ["F1 %", "random %", "accuracy %", "attacked"],
    )
    for text, role, found in summary.victims():
        table.add_row(
            text,
            role,
            str(found.attacked),
            percent(found.valid_success_rate),
            interval(found.valid_success_interval),
            percent(None if found.control is None else found.control.valid_success_rate),
            f"{percent(found.accuracy)} → {percent(found.adversarial_accuracy)}",
            f"{percent(found.f1)} → {percent(found.adversarial_f1)}",
        )
    return table


def _cost_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "What an attacked input costs, and how much an adversarial one differs (means)",
        ["attack", "victim"],
        ["queries", "median", "p95", "asked", "CPU s", "names", "tokens", "characters"],
        ["characters", "median", "asked", "p95", "tokens"],
    )
    for text, role, found in summary.victims():
        seconds = found.cpu_seconds and found.cpu_seconds / max(found.attacked, 1)
        table.add_row(
            text,
            role,
            number(found.queries_mean),
            number(found.queries_median, 0),
            number(found.queries_p95, 0),
            number(found.distinct_mean),
            number(seconds, 2),
            number(found.identifiers_changed_mean),
            number(found.tokens_changed_mean),
            number(found.edit_distance_mean),
        )
    return table


def _paired_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Performance lost, in percent of the clean one",
        ["attack", "measure"],
        ["teacher", "student", "student more by", "interval (points)"],
        ["student more by"],
    )
    for text, attack in summary.attacks.items():
        drops = attack.paired
        for title, found in (
            (("accuracy", drops.accuracy_drop), ("F1", drops.f1_drop)) if drops else ()
        ):
            more = found.greater_drop_percent
            table.add_row(
                text,
                title,
                percent(found.teacher),
                percent(found.student),
                NOTHING if more is None else f"{more:+.1f} %",
                interval(found.difference_interval),
            )
    return table


def _transfer_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Transfer: adversarial programs that fool a model which predicts their source right",
        ["attack", "crafted on"],
        ["teacher", "student"],
    )
    for text, attack in summary.attacks.items():
        for victim, models in attack.transfer.items():
            cells = [
                f"{percent(found.rate)} ({found.fooled}/{found.n})" for found in models.values()
            ]
            table.add_row(text, victim, *cells)
    return table


def _relations_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Relations between teacher and student on adversarial variants",
        ["attack", "crafted on", "variants", "relation"],
        ["violated", "value %", "interval"],
        ["interval", "violated"],
    )
    for text, attack in summary.attacks.items():
        for part, relations in attack.relations.items():
            victim, variants = part.split("-crafted, ")
            for name, found in relations.items():
                table.add_row(
                    text,
                    victim,
                    variants,
                    name,
                    f"{found.violations}/{found.inputs}",
                    percent(found.value),
                    interval((found.low, found.high)) if found.inputs else NOTHING,
                )
    return table
