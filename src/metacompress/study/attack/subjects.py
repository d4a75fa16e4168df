"""What attacks work on: the programs of a data set, analysed, with the names that they may get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.attacks.engine.subject import Subject
from metacompress.attacks.substitutes import NameCorpus, make_substitutes
from metacompress.lang.language import require_front_end
from metacompress.lang.names import is_legal_name
from metacompress.transforms.gate import Gate
from metacompress.transforms.naming import CorpusNaming
from metacompress.variants.analyses import Analyses
from metacompress.variants.targets import TARGETS, target_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.attacks.engine.name_tokens import NameTokens
    from metacompress.lang.program import AnalysedProgram
    from metacompress.study.attack.config import AttackConfig
    from metacompress.study.runner import StudyContext

_ANALYSES_KEPT = 1024


class Subjects:
    """Makes the subjects of attacks from the examples of a study.

    Raises:
        MissingFrontEndError: no program that is to be attacked can be analysed.
        UsageError, DataError, ModelError: the source of substitutes cannot be used.
    """

    def __init__(self, study: StudyContext[AttackConfig]) -> None:
        config, self._dataset = study.config, study.dataset
        self._analyses = Analyses(_ANALYSES_KEPT)
        self._targets = TARGETS[config.programs if self._dataset.task.arity == 2 else "first"]
        require_front_end(target_languages(self._dataset, self._targets), "an attack")
        self._gate = Gate(config.validity)
        self._corpus = self._collect_names(study)
        self._substitutes = make_substitutes(config.substitutes, self._corpus)

    def make(self, index: int, names: NameTokens | None) -> Subject:
        """The subject of the example at ``index``, which has a label.

        Args:
            index: of the example.
            names: tokens of names, where the victim shows its gradients.
        """
        example = self._dataset[index]
        assert example.label is not None
        sources = {
            target: analysed
            for target in self._targets
            if (analysed := self._analyses.get(example.programs[target])) is not None
        }
        return Subject(
            example,
            example.label,
            sources,
            substitutes=self._substitutes,
            vocabulary=self._corpus.naming,
            gate=self._gate,
            name_tokens=names,
        )

    def _collect_names(self, study: StudyContext[AttackConfig]) -> NameCorpus:
        names: set[str] = set()

        def programs() -> Iterator[AnalysedProgram]:
            for analysed in self._analyses.of_all(self._dataset, study.progress):
                names.update(
                    binding.name
                    for binding in analysed.scopes.bindings
                    if binding.fixed is None and is_legal_name(binding.name, analysed.language)
                )
                yield analysed

        naming = CorpusNaming.of(programs())
        return NameCorpus(naming, sorted(names), self._dataset.task, study.config.device)
