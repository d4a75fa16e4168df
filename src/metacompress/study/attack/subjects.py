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
    from collections.abc import Iterator, Sequence

    from metacompress.attacks.engine.goal import Goal
    from metacompress.attacks.engine.name_tokens import NameTokens
    from metacompress.data.example import Example
    from metacompress.lang.program import AnalysedProgram
    from metacompress.study.attack.config import AttackConfig
    from metacompress.study.runner import StudyContext

_ANALYSES_KEPT = 1024


class Subjects:
    """Makes the subjects of attacks from examples; it can be sent to other processes.

    Args:
        config: of the study.
        targets: positions of the programs that are attacked.
        corpus: names of the data set.
        analyses: of its programs, where there are some.

    Raises:
        UsageError, DataError, ModelError: the source of substitutes cannot be used.
    """

    def __init__(
        self,
        config: AttackConfig,
        targets: tuple[int, ...],
        corpus: NameCorpus,
        analyses: Analyses | None = None,
    ) -> None:
        self._config = config
        self._targets = targets
        self._corpus = corpus
        self._analyses = analyses or Analyses(_ANALYSES_KEPT)
        self._gate = Gate(config.validity)
        self._substitutes = make_substitutes(config.substitutes, corpus)

    def __reduce__(self) -> tuple[type[Subjects], tuple[object, ...]]:
        return type(self), (self._config, self._targets, self._corpus)

    @classmethod
    def of(cls, study: StudyContext[AttackConfig]) -> Subjects:
        """Those of a study, with the names that its programs use.

        Raises:
            MissingFrontEndError: no program that is to be attacked can be analysed.
            UsageError, DataError, ModelError: the source of substitutes cannot be used.
        """
        config, dataset = study.config, study.dataset
        targets = TARGETS[config.programs if dataset.task.arity == 2 else "first"]
        require_front_end(target_languages(dataset, targets), "an attack")
        analyses = Analyses(_ANALYSES_KEPT)
        return cls(config, targets, _collected_names(study, analyses), analyses)

    def make(self, example: Example, goal: Goal, names: Sequence[NameTokens]) -> Subject:
        """The subject of an example.

        Args:
            example: the source input.
            goal: what is looked for, and what the victim predicts for it.
            names: tokens of names by model, where the victim shows its gradients.
        """
        sources = {
            target: analysed
            for target in self._targets
            if (analysed := self._analyses.get(example.programs[target])) is not None
        }
        return Subject(
            example,
            goal.label,
            sources,
            substitutes=self._substitutes,
            vocabulary=self._corpus.naming,
            gate=self._gate,
            goal=goal,
            name_tokens=names,
        )


def _collected_names(study: StudyContext[AttackConfig], analyses: Analyses) -> NameCorpus:
    names: set[str] = set()

    def programs() -> Iterator[AnalysedProgram]:
        for analysed in analyses.of_all(study.dataset, study.progress):
            names.update(
                binding.name
                for binding in analysed.scopes.bindings
                if binding.fixed is None and is_legal_name(binding.name, analysed.language)
            )
            yield analysed

    naming = CorpusNaming.of(programs())
    return NameCorpus(naming, sorted(names), study.dataset.task, study.config.device)
