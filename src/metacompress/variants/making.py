"""The stage that makes follow-up inputs."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa

from metacompress.lang.language import require_front_end
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.compose import make_composed_variant
from metacompress.transforms.gate import Gate, Variant, make_variant
from metacompress.transforms.naming import (
    CorpusNaming,
    Naming,
    RecordedNaming,
    read_substitutes,
)
from metacompress.transforms.validity import Refusal, ValidityLevel
from metacompress.variants.analyses import Analyses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.lang.language import Language
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.transforms.base import Transformation
    from metacompress.variants.settings import VariantSettings

TABLE = "variants.parquet"
# Programs of a pair that are transformed, by the name of the choice.
TARGETS = {"first": (0,), "second": (1,), "both": (0, 1)}
_SHARDS = "variants"
_SHARD_SIZE = 256
# Another draw may give a variant that differs from its source and the earlier ones.
_ATTEMPTS = 4
_ANALYSES_KEPT = 4096
# Program, naming and random generator to a variant, or to why there is none.
_Recipe = Callable[[AnalysedProgram, Naming, np.random.Generator], Variant | Refusal]

_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source_id", pa.string()),
        ("transformation", pa.string()),
        ("refusal", pa.string()),
        ("programs", pa.list_(pa.string())),
        (
            "edits",
            pa.list_(
                pa.struct(
                    [
                        ("program", pa.int8()),
                        ("step", pa.int16()),
                        ("transformation", pa.string()),
                        ("start", pa.int32()),
                        ("end", pa.int32()),
                        ("replacement", pa.string()),
                    ]
                )
            ),
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class VariantPlan:
    """How follow-up inputs are made.

    Attributes:
        transformations: what is applied.
        compose: None to apply them one at a time, or how many random ones make a variant.
        per_example: variants of each example by each transformation, or by their composition.
        targets: which programs of an example are transformed.
        level: what a variant must pass.
        substitutes: file of recorded names, or None for names of the data set.
        seed: of everything random.
    """

    transformations: tuple[Transformation[Any], ...]
    compose: int | None
    per_example: int
    targets: tuple[int, ...]
    level: ValidityLevel
    substitutes: Path | None
    seed: int

    def recipes(self) -> dict[str, _Recipe]:
        """How each kind of variant is made, by its name."""
        gate = Gate(self.level)
        if self.compose is None:
            return {one.name: partial(make_variant, one, gate=gate) for one in self.transformations}
        return {
            composition_name(self.compose): partial(
                make_composed_variant, self.transformations, self.compose, gate=gate
            )
        }


def composition_name(count: int) -> str:
    """What stands for the transformation's name where ``count`` of them were applied."""
    return f"compose-{count}"


def make_transformations(names: str | Sequence[str]) -> tuple[Transformation[Any], ...]:
    """The transformations called ``names``, each once; a level or ``all`` stands for several.

    Raises:
        UnknownNameError: no such transformation.
    """
    chosen = cast("Sequence[str]", TRANSFORMS.chosen(names))
    return tuple(TRANSFORMS.get(name)() for name in dict.fromkeys(chosen))


def make_plan(settings: VariantSettings, *, arity: int = 2) -> VariantPlan:
    """A plan from names, as users give them.

    Args:
        settings: how variants are made.
        arity: programs of an example: of single programs, only the first can be transformed.

    Raises:
        UnknownNameError: no such transformation.
    """
    return VariantPlan(
        make_transformations(settings.transforms),
        settings.compose,
        settings.variants,
        TARGETS[settings.programs if arity > 1 else "first"],
        ValidityLevel(settings.validity),
        Path(settings.substitutes) if settings.substitutes else None,
        settings.seed,
    )


def variants_stage(
    dataset: Dataset, plan: VariantPlan, run: RunDirectory, progress: Progress
) -> pa.Table:
    """Make, check and record the variants of every example; go on where a run was killed.

    Returns:
        one row per attempt: id, source_id, transformation, refusal (null for a variant), and
        the variant's programs and edits (null for a refusal).
    """
    if run.has(TABLE):
        return run.read_table(TABLE)
    shards = [
        f"{_SHARDS}/part-{start // _SHARD_SIZE:05}.parquet"
        for start in range(0, len(dataset), _SHARD_SIZE)
    ]
    if plan.transformations and not all(run.has(shard) for shard in shards):
        maker = VariantMaker(dataset, plan, progress)
        with progress.stage("making variants", len(dataset)) as advance:
            for number, shard in enumerate(shards):
                first = number * _SHARD_SIZE
                examples = dataset.examples[first : first + _SHARD_SIZE]
                if not run.has(shard):
                    rows = [
                        row
                        for offset, example in enumerate(examples)
                        for row in maker.attempts(first + offset, example)
                    ]
                    run.write_table(shard, pa.Table.from_pylist(rows, schema=_SCHEMA))
                advance(len(examples))
    parts = [run.read_table(shard) for shard in shards] if plan.transformations else []
    table = pa.concat_tables(parts) if parts else _SCHEMA.empty_table()
    run.write_table(TABLE, table)
    run.remove(_SHARDS)
    return table


def variant_examples(table: pa.Table, dataset: Dataset) -> list[Example]:
    """The follow-up inputs of a table of variants, in its order."""
    sources = {example.id: example for example in dataset}
    follow_ups = []
    for row in table.select(["id", "source_id", "programs"]).to_pylist():
        if row["programs"] is None:
            continue
        source = sources[row["source_id"]]
        follow_ups.append(replace(source.with_texts(row["programs"]), id=row["id"]))
    return follow_ups


def target_languages(dataset: Dataset, targets: Sequence[int]) -> set[Language]:
    """The languages of the programs at the positions ``targets`` of every example."""
    return {
        program.language
        for example in dataset
        for position, program in enumerate(example.programs)
        if position in targets
    }


class VariantMaker:
    """Makes the variants of the examples of one data set, the same ones in any order.

    Raises:
        MissingFrontEndError: no program that is to be transformed can be analysed.
    """

    def __init__(self, dataset: Dataset, plan: VariantPlan, progress: Progress) -> None:
        if plan.transformations:
            require_front_end(target_languages(dataset, plan.targets), "a transformation")
        self._plan = plan
        self._recipes = plan.recipes() if plan.transformations else {}
        self._analyses = Analyses(_ANALYSES_KEPT)
        self._recorded = read_substitutes(plan.substitutes) if plan.substitutes else None
        self._corpus = CorpusNaming({})
        if self._recorded is None:
            self._corpus = CorpusNaming.of(self._analyses.of_all(dataset, progress))

    def attempts(self, index: int, example: Example) -> Iterator[dict[str, Any]]:
        """One row per wanted variant of the example at ``index``."""
        for name, recipe in self._recipes.items():
            earlier = {example.content_key()}
            for number in range(self._plan.per_example):
                # The stream depends on what is made, not on what was made before it.
                stream = [self._plan.seed, index, zlib.crc32(name.encode()), number]
                rng = np.random.default_rng(stream)
                row = {
                    "id": f"{example.id}~{name}~{number}",
                    "source_id": example.id,
                    "transformation": name,
                }
                for _ in range(_ATTEMPTS):
                    outcome = self._attempt(example, recipe, rng)
                    if outcome is Refusal.UNCHANGED:
                        continue
                    if isinstance(outcome, Refusal):
                        break
                    key = outcome[0].content_key()
                    if key not in earlier:
                        earlier.add(key)
                        break
                    outcome = Refusal.DUPLICATE
                if isinstance(outcome, Refusal):
                    yield row | {"refusal": str(outcome)}
                else:
                    variant, edits = outcome
                    yield row | {"programs": [p.text for p in variant.programs], "edits": edits}

    def _attempt(
        self, example: Example, recipe: _Recipe, rng: np.random.Generator
    ) -> tuple[Example, list[dict[str, Any]]] | Refusal:
        programs = list(example.programs)
        edits: list[dict[str, Any]] = []
        refusal = Refusal.NO_SITE
        for target in self._plan.targets:
            if target >= len(programs):
                continue
            analysed = self._analyses.get(programs[target])
            if analysed is None:
                known = programs[target].language.has_front_end
                refusal = Refusal.UNANALYSABLE if known else Refusal.UNSUPPORTED_LANGUAGE
                continue
            naming = self._naming(example, target)
            outcome = recipe(analysed, naming, rng)
            if isinstance(outcome, Variant):
                programs[target] = replace(programs[target], text=outcome.program.source.decode())
                edits.extend(
                    {
                        "program": target,
                        "step": number,
                        "transformation": step.transformation,
                        **edit._asdict(),
                    }
                    for number, step in enumerate(outcome.steps)
                    for edit in step.edits
                )
            else:
                refusal = outcome
        return (replace(example, programs=tuple(programs)), edits) if edits else refusal

    def _naming(self, example: Example, target: int) -> Naming:
        if self._recorded is None:
            return self._corpus
        return RecordedNaming(self._recorded.get(example.program_ids[target], {}))
