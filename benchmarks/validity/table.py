"""The outcome of a proof: in Markdown, and its counts as one JSON object."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_QUIET = ("no-site", "unchanged", "unsupported-language")
_COLUMNS = ("mode", "transformation", "language", "corpus", "programs", "with a site", "variants")
_COLUMNS += ("refused", "compiled", "executed", "same", "failures")


def write_table(rows: list[dict[str, Any]], path: Path, names: list[str], *, faults: bool) -> int:
    """Write and print the table; returns the exit status: 0 where all is as it must be."""
    lines = fault_lines(rows, names) if faults else proof_lines(rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print()
    print("\n".join(lines))
    if faults:
        return 0 if all(caught(rows, name) for name in names) else 1
    bad = any(row.get("fault") or "broken" in row or _refused(row) for row in rows)
    return 1 if bad else 0


def proof_lines(rows: list[dict[str, Any]]) -> list[str]:
    judged = [row for row in rows if "transformation" in row]
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in judged:
        mode, name = row["mode"], row["transformation"]
        for group in (
            (mode, name, row["language"], row["corpus"]),
            (mode, name, "all", "all"),
            (mode, "all", row["language"], "all"),
            (mode, "all", "all", row["corpus"]),
            (mode, "all", "all", "all"),
            ("total", "all", "all", "all"),  # a mode is called "all"
        ):
            groups[group].append(row)
    lines = [" | ".join(("", *_COLUMNS, "")).strip(), "|" + "---|" * len(_COLUMNS)]
    lines += [
        " | ".join(("", *key, *map(str, _counts(group)), "")).strip()
        for key, group in sorted(groups.items())
    ]
    refusals = Counter(
        (row["transformation"], row["refusal"], row["subject"], row["mode"])
        for row in judged
        if _refused(row)
    )
    if refusals:
        lines += ["", "Refused by the gate:", ""]
        lines += [
            f"- {name} ({mode}): {why} on {subject}"
            for name, why, subject, mode in sorted(refusals)
        ]
    failures = [row for row in judged if row["fault"]]
    if failures:
        lines += ["", "Failures:", ""]
        lines += [
            f"- {_made_by(row)}, {row['subject']}: {row['fault'][:200]} "
            f"([file](failures/{failure_name(row)}))"
            for row in sorted(failures, key=lambda row: (row["transformation"], row["subject"]))
        ]
    broken = [row for row in rows if "broken" in row]
    if broken:
        lines += ["", "Not examined:", ""]
        lines += [f"- {row['subject']}: {row['broken'].strip()[-200:]}" for row in broken]
    return lines


def proof_counts(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts over all variants, and by mode, corpus and transformation."""
    judged = [row for row in rows if "transformation" in row]
    by_kind: dict[str, dict[str, list[dict[str, Any]]]] = {
        kind: defaultdict(list) for kind in ("mode", "corpus", "transformation")
    }
    for row in judged:
        for kind, groups in by_kind.items():
            # A chain belongs to none of its transformations.
            if kind != "transformation" or row["mode"] != "chain":
                groups[row[kind]].append(row)
    found: dict[str, Any] = {"all": _named_counts(judged)}
    for kind, groups in by_kind.items():
        found[kind] = {name: _named_counts(group) for name, group in sorted(groups.items())}
    every = dict.fromkeys(sorted(f"{row['language']}/{row['corpus']}" for row in judged))
    for name, counts in found["transformation"].items():
        parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in by_kind["transformation"][name]:
            if row["refusal"] != "unsupported-language":
                parts[f"{row['language']}/{row['corpus']}"].append(row)
        counts["share_with_a_site"] = every | {
            part: len({row["subject"] for row in group if row["refusal"] not in _QUIET})
            / len({row["subject"] for row in group})
            for part, group in parts.items()
        }
    found["broken"] = sorted(row["subject"] for row in rows if "broken" in row)
    return found


def fault_counts(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    """By seeded fault: how often it was put into a program, and by what it was caught."""
    found = {}
    for name in names:
        by = caught(rows, name)
        rewritten = sum(
            row.get("transformation") == name and row["refusal"] not in _QUIET for row in rows
        )
        found[name] = {
            "rewritten": rewritten,
            "caught": by.total(),
            "by": ", ".join(f"{what} {count}" for what, count in by.most_common()) or "nothing",
            "not_caught": rewritten - by.total(),
        }
    return {"faults": found}


def _named_counts(group: list[dict[str, Any]]) -> dict[str, Any]:
    names = [name.replace(" ", "_") for name in _COLUMNS[4:]]
    return dict(zip(names, _counts(group), strict=True))


def _made_by(row: dict[str, Any]) -> str:
    """The mode and the transformation, of a chain each of its steps."""
    steps = row["steps"] if row["mode"] == "chain" else []
    return f"{row['transformation']} ({', '.join(steps) or row['mode']})"


def _counts(group: list[dict[str, Any]]) -> list[int]:
    variants = [row for row in group if row["refusal"] is None]
    with_site = {row["subject"] for row in group if row["refusal"] not in _QUIET}
    faults = Counter((row["fault"] or "none").partition(":")[0] for row in variants)
    executed = [row for row in variants if row["executed"] and not _is(row, "compile", "raised")]
    return [
        len({row["subject"] for row in group}),
        len(with_site),
        len(variants),
        sum(map(_refused, group)),
        len(variants) - faults["compile"] - faults["raised"],
        len(executed),
        sum(row["fault"] is None for row in executed),
        len(variants) - faults["none"],
    ]


def _is(row: dict[str, Any], *kinds: str) -> bool:
    return (row["fault"] or "").partition(":")[0] in kinds


def _refused(row: dict[str, Any]) -> bool:
    return row.get("refusal") is not None and row["refusal"] not in _QUIET


def caught(rows: list[dict[str, Any]], name: str) -> Counter[str]:
    """By what the rewritings of a seeded fault were caught."""
    found: Counter[str] = Counter()
    for row in rows:
        if row.get("transformation") == name:
            if _refused(row):
                found[row["refusal"]] += 1
            elif row["fault"]:
                found[row["fault"].partition(":")[0]] += 1
    return found


def fault_lines(rows: list[dict[str, Any]], names: list[str]) -> list[str]:
    lines = ["| seeded fault | rewritten | caught | by | not caught |", "|---|---|---|---|---|"]
    for name, one in fault_counts(rows, names)["faults"].items():
        lines.append(f"| {name} | {' | '.join(map(str, one.values()))} |")
    return lines


def failure_name(row: dict[str, Any]) -> str:
    key = f"{row['mode']} {row['subject']} {row['after']}".encode(errors="surrogateescape")
    return f"{row['transformation']}-{hashlib.sha256(key).hexdigest()[:10]}.md"


def write_failures(rows: list[dict[str, Any]], folder: Path) -> None:
    """One file each: the program, what is wrong, and what was changed."""
    failures = [row for row in rows if row.get("fault")]
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for row in failures:
        diff = difflib.unified_diff(
            row["before"].splitlines(), row["after"].splitlines(), "before", "after", lineterm=""
        )
        content = [f"# {_made_by(row)} on {row['subject']} ({row['language']})", ""]
        content += [row["fault"], "", "```diff", *diff, "```", "", "Before:", "", "```"]
        content += [row["before"], "```", ""]
        text = "\n".join(content)
        (folder / failure_name(row)).write_bytes(text.encode(errors="surrogateescape"))
