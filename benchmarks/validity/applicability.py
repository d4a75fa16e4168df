"""How often each transformation applies: python benchmarks/validity/applicability.py --out F.json.

Counts, per transformation, language and corpus, the programs that have a site, the sites, and the
variants that pass the gate; names are drawn from the corpus. ``--json FILE`` keeps the counts by
transformation, as benchmarks/results/applicability.json has them. ``--before`` compares with the
counts of another state of the project. It asks only for what states back to 1fe60bc have too, so
that these can be measured with the same script:

    git archive OLD | tar -x -C /tmp/old
    PYTHONPATH=/tmp/old/src python benchmarks/validity/applicability.py --out before.json
    python benchmarks/validity/applicability.py --out after.json --before before.json
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from corpora import CORPORA

from metacompress.errors import ProgramError
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import CorpusNaming

if TYPE_CHECKING:
    from collections.abc import Iterable

_COUNTS = ("programs", "with_a_site", "sites", "variants", "refused")
_QUIET = ("no-site", "unchanged", "unsupported-language")

Row = dict[str, int]


# Random programs take minutes to make, and nobody compresses models of them.
_RANDOM = ("csmith", "hypothesmith")


def measure(corpora: Iterable[str], transforms: Iterable[str], share: float) -> dict[str, Row]:
    """Counts by ``transformation language corpus``."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    transformations = [TRANSFORMS.get(name)() for name in transforms]
    for corpus in corpora:
        programs: dict[str, AnalysedProgram] = {}
        for subject in CORPORA[corpus](share):
            program = AnalysedProgram.of(subject.text, subject.likely_language)
            try:
                program.scopes  # noqa: B018 - raises where it cannot be analysed
            except ProgramError:
                continue
            programs[subject.id] = program
        naming = CorpusNaming.of(programs.values())
        for number, (key, program) in enumerate(programs.items()):
            for one in transformations:
                if program.language in one.languages:
                    row = counts[f"{one.name} {program.language} {corpus}"]
                    row.update(_measure_one(one, program, naming, key))
            # Facts of a program are kept in it; thousands of programs would fill the memory.
            programs[key] = AnalysedProgram(program.parsed)
            if sys.stderr.isatty():
                print(f"\r{corpus} {number + 1}/{len(programs)}\x1b[K", end="", file=sys.stderr)
    return {key: {name: row[name] for name in _COUNTS} for key, row in sorted(counts.items())}


def _measure_one(
    one: Any, program: AnalysedProgram, naming: CorpusNaming, key: str
) -> Counter[str]:
    found = Counter(programs=1)
    try:
        sites = one.all_sites(program)
    except ProgramError:
        return found
    found["sites"] = len(sites)
    if sites:
        found["with_a_site"] = 1
        rng = np.random.default_rng(zlib.crc32(f"{key} {one.name}".encode()))
        outcome = make_variant(one, program, naming, rng)
        if isinstance(outcome, Variant):
            found["variants"] = 1
        elif outcome not in _QUIET:
            found["refused"] = 1
    return found


def by_transformation(counts: dict[str, Row]) -> dict[str, Any]:
    """Sums over all languages and corpora, and the share of the programs with a site in each."""
    parts = dict.fromkeys("/".join(key.split(" ")[1:]) for key in counts)
    found: dict[str, Any] = {}
    for key, row in _with_sums(counts).items():
        name, language, corpus = key.split(" ")
        if language == "all":
            found[name] = row | {"share_with_a_site": dict.fromkeys(sorted(parts))}
    for key, row in counts.items():
        name, language, corpus = key.split(" ")
        share = row["with_a_site"] / row["programs"]
        found[name]["share_with_a_site"][f"{language}/{corpus}"] = share
    return found


def table_lines(after: dict[str, Row], before: dict[str, Row] | None) -> list[str]:
    """A Markdown table; with ``before``, each count in both states where they differ."""
    lines = ["| transformation | language | corpus | " + " | ".join(_COUNTS) + " |"]
    lines.append("|" + "---|" * (3 + len(_COUNTS)))
    for key, row in _with_sums(after).items():
        old = None if before is None else _with_sums(before).get(key)
        cells = [_cell(row[name], None if old is None else old[name]) for name in _COUNTS]
        lines.append("| " + " | ".join([*key.split(" "), *cells]) + " |")
    return lines


def _with_sums(counts: dict[str, Row]) -> dict[str, Row]:
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, row in counts.items():
        name, language, _ = key.split(" ")
        for group in (key, f"{name} {language} all", f"{name} all all"):
            sums[group].update(row)
    return {key: {name: row[name] for name in _COUNTS} for key, row in sorted(sums.items())}


def _cell(now: int, then: int | None) -> str:
    if then is None or then == now:
        return str(now)
    change = f" ({(now - then) / then:+.1%})" if then else ""
    return f"{then} → {now}{change}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="where the counts go, as JSON")
    parser.add_argument("--before", type=Path, help="counts of another state, to compare with")
    parser.add_argument("--json", type=Path, help="keep the counts by transformation")
    parser.add_argument("--share", type=float, default=1.0, help="of the programs (1)")
    parser.add_argument(
        "--corpus", action="append", choices=list(CORPORA), help="repeatable (all but random ones)"
    )
    parser.add_argument("--transform", action="append", help="repeatable (all)")
    arguments = parser.parse_args()
    corpora = arguments.corpus or [one for one in CORPORA if one not in _RANDOM]
    found = measure(corpora, arguments.transform or TRANSFORMS.names(), arguments.share)
    arguments.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    before = None
    if arguments.before:
        # Sums are comparable over the same corpora only.
        counts = json.loads(arguments.before.read_text(encoding="utf-8"))
        before = {key: row for key, row in counts.items() if key in found}
    if arguments.json is not None:
        content = {"transformations": by_transformation(found)}
        arguments.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table_lines(found, before)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
