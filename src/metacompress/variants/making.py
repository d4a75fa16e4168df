"""Makes the variants of examples."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.lang.language import require_front_end
from metacompress.transforms.gate import Variant
from metacompress.transforms.naming import (
    CorpusNaming,
    Naming,
    RecordedNaming,
    read_substitutes,
)
from metacompress.transforms.validity import Refusal
from metacompress.variants.analyses import Analyses
from metacompress.variants.targets import target_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.runs.progress import Progress
    from metacompress.variants.plan import Recipe, VariantPlan

# Another draw may give a variant that differs from its source and the earlier ones.
_ATTEMPTS = 4
_ANALYSES_KEPT = 4096


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
        for name in self._recipes:
            yield from self.attempts_of(name, index, example)

    @property
    def names(self) -> tuple[str, ...]:
        """The kinds of variants: names of transformations, or of their composition."""
        return tuple(self._recipes)

    def attempts_of(self, name: str, index: int, example: Example) -> Iterator[dict[str, Any]]:
        """One row per wanted variant of one kind of the example at ``index``."""
        recipe = self._recipes[name]
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
        self, example: Example, recipe: Recipe, rng: np.random.Generator
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
