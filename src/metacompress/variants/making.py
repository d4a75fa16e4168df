"""Makes the variants of examples."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.lang.edits import difference
from metacompress.transforms.gate import Gate, Variant
from metacompress.transforms.naming import (
    CorpusNaming,
    Naming,
    RecordedNaming,
    read_substitutes,
)
from metacompress.transforms.validity import Refusal
from metacompress.variants.analyses import Analyses
from metacompress.variants.recorded import read_recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.runs.progress import Progress
    from metacompress.variants.plan import Recipe, VariantPlan
    from metacompress.variants.recorded import RecordedVariants

# Another draw may give a variant that differs from its source and the earlier ones.
_ATTEMPTS = 4
# Of programs whose analyses are kept, which take many times as much.
_BYTES_KEPT = 1 << 20


class VariantMaker:
    """Makes the variants of examples.

    They depend on the plan, the names and the example alone: not on other examples, not on the
    order in which they are made, and not on the process. It can be sent to others.

    Args:
        plan: what is made.
        corpus: names of new identifiers, where none are recorded.
        recorded: names that were recorded, by program and identifier; see ``RecordedNaming``.
        others: variants that other tools made.
    """

    def __init__(
        self,
        plan: VariantPlan,
        corpus: CorpusNaming,
        recorded: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
        others: RecordedVariants | None = None,
    ) -> None:
        self._plan = plan
        self._corpus = corpus
        self._recorded = recorded
        self._others = others
        self._recipes = plan.recipes()
        self._gate = Gate(plan.level)
        self._analyses = Analyses(_BYTES_KEPT)

    @classmethod
    def of(cls, dataset: Dataset, plan: VariantPlan, progress: Progress) -> VariantMaker:
        """The maker that names identifiers as the programs of ``dataset`` do.

        Raises:
            MissingFrontEndError: no program that is to be transformed can be analysed.
        """
        plan.require_front_end(dataset)
        names = read_substitutes(plan.substitutes) if plan.substitutes else None
        maker = cls(plan, CorpusNaming({}), names, recorded_of(plan, dataset))
        if names is None and plan.transformations:
            maker._corpus = CorpusNaming.of(maker._analyses.of_all(dataset, progress))
        return maker

    def __reduce__(self) -> tuple[type[VariantMaker], tuple[object, ...]]:
        return type(self), (self._plan, self._corpus, self._recorded, self._others)

    def attempts(self, example: Example) -> Iterator[dict[str, Any]]:
        """One row per wanted variant of an example."""
        for name in self.names:
            yield from self.attempts_of(name, example)

    @property
    def names(self) -> tuple[str, ...]:
        """The kinds of variants: names of transformations, or of their composition, and tools."""
        return (*self._recipes, *(self._others.names if self._others else ()))

    def attempts_of(self, name: str, example: Example) -> Iterator[dict[str, Any]]:
        """One row per wanted variant of one kind of an example."""
        if name not in self._recipes:
            yield from self._recorded_of(name, example)
            return
        recipe = self._recipes[name]
        source = number_of(example)
        earlier = {example.content_key()}
        for number in range(self._plan.per_example):
            # The stream depends on what is made, not on what was made before it.
            stream = [self._plan.seed, source, zlib.crc32(name.encode()), number]
            rng = np.random.default_rng(stream)
            row = _row(example, name, number)
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

    def _recorded_of(self, name: str, example: Example) -> Iterator[dict[str, Any]]:
        """One row per variant that another tool made of an example."""
        if self._others is None:
            return
        checked = all(program.language.has_front_end for program in example.programs)
        earlier = {example.content_key()}
        recorded = self._others.of(name, example.id, checked=checked)
        for number, texts in enumerate(recorded):
            row = _row(example, name, number)
            variant = example.with_texts(
                text or program.text for text, program in zip(texts, example.programs, strict=True)
            )
            refusal = self._refusal_of_text(example, variant) if checked else None
            key = variant.content_key()
            if refusal is None and key in earlier:
                is_source = key == example.content_key()
                refusal = Refusal.UNCHANGED if is_source else Refusal.DUPLICATE
            if refusal is not None:
                yield row | {"refusal": str(refusal)}
                continue
            earlier.add(key)
            edits = [
                {"program": place, "step": 0, "transformation": name, **edit._asdict()}
                for place, (old, new) in enumerate(
                    zip(example.programs, variant.programs, strict=True)
                )
                for edit in difference(old.text, new.text)
            ]
            yield row | {"programs": [one.text for one in variant.programs], "edits": edits}

    def _refusal_of_text(self, example: Example, variant: Example) -> Refusal | None:
        for before, after in zip(example.programs, variant.programs, strict=True):
            if before.text == after.text:
                continue
            source, changed = self._analyses.get(before), self._analyses.get(after)
            if source is None or changed is None:
                return Refusal.UNANALYSABLE
            refusal = self._gate.refusal_of_text(source, changed)
            if refusal is not None:
                return refusal
        return None

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


def recorded_of(plan: VariantPlan, dataset: Dataset) -> RecordedVariants | None:
    """The variants that other tools made, where a plan has some; see ``read_recorded``."""
    if plan.recorded is None:
        return None
    return read_recorded(plan.recorded, dataset, plan.recipes())


def _row(example: Example, name: str, number: int) -> dict[str, Any]:
    return {
        "id": f"{example.id}~{name}~{number}",
        "source_id": example.id,
        "transformation": name,
    }


def number_of(example: Example) -> int:
    """A number below 2**128 that stands for the example's id in a stream of random numbers."""
    digest = hashlib.sha256(example.id.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:16], "big")
