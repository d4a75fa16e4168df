"""Heal a language model: train a compressed one to predict as its original does.

After Muralidharan et al. 2024 (Minitron, arXiv 2407.14679): the loss is the divergence of the two
distributions at every token. The teacher reads each batch beside the student, so no answer of its
is stored.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import UsageError
from metacompress.models.files.causal import CausalOptions, require_floats
from metacompress.models.naming.location import directory_of
from metacompress.models.naming.spec import KEPT, is_specification
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec
from metacompress.models.next_token.same_tokenizer import require_same_tokenizer
from metacompress.study.identity import identity_of
from metacompress.study.language_models.running import refuse_the_teacher_itself
from metacompress.study.players import TEACHER
from metacompress.threads import add_in_one_order
from metacompress.training.fitting import SCORED, Best, fit
from metacompress.training.learning import Learned
from metacompress.training.next_token.reading import (
    NEEDS_ITS_ORIGINAL,
    read_parts,
    tokens_read,
)
from metacompress.training.next_token.scoring import Distillation
from metacompress.training.next_token.trainer import LanguageModelTrainer
from metacompress.training.parts import load_parts_stage
from metacompress.training.run_files import START_SCORES
from metacompress.training.summary import SplitScores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from metacompress.models.naming.spec import ModelSpec
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.tracking import Tracker
    from metacompress.training.next_token.reading import ReadPrograms
    from metacompress.training.settings import DistillationSettings

_STUDENT = "--model"


class LanguageModelLearner:
    """A language model to heal; see Learner.

    Args:
        settings: what is trained, on what and how.
        teacher: the teacher, where it is not what ``settings`` say.
        files: that ``settings`` name, by setting.
        progress: shows the loading.

    Raises:
        MetaCompressError: see ``read_causal`` and ``load_parts``.
        UsageError: a model is given that cannot be read beside another, or trained.
        ModelError: teacher and student read texts as other tokens.
    """

    task = NEXT_TOKEN.name
    unknown: Sequence[str] = ()

    def __init__(
        self,
        settings: DistillationSettings,
        teacher: object,
        files: Mapping[str, Path],
        progress: Progress,
    ) -> None:
        specs = _specifications(settings, teacher)
        self.start: Path | None = directory_of(specs[_STUDENT])
        self._parts = load_parts_stage(settings, NEXT_TOKEN, None, progress)
        add_in_one_order()
        models = {}
        with progress.stage("loading models", len(specs)) as advance:
            for name, spec in specs.items():
                models[name] = LanguageModel(spec)
                advance(1)
        given, student = models[TEACHER], models[_STUDENT]
        require_floats(student.causal)
        refuse_the_teacher_itself(models)
        require_same_tokenizer(given.reader, student.reader, _STUDENT, NEEDS_ITS_ORIGINAL)
        windows = (model.max_length for model in models.values())
        self._window = min(settings.architecture.max_length, *windows)
        self._settings = settings
        self._distillation = Distillation(
            student, given, settings.soft_temperature, settings.label_weight
        )
        self.identity = identity_of(
            settings.identity(),
            files,
            examples=self._parts.digests(),
            teacher_fingerprint=given.fingerprint,
            model_fingerprint=student.fingerprint,
        )

    def learn(self, work: RunDirectory, progress: Progress, tracker: Tracker) -> Learned:
        """See Learner."""
        distillation, settings = self._distillation, self._settings
        parts = read_parts(
            self._parts,
            distillation.teacher.reader,
            distillation.student.reader,
            self._window,
            settings.data.path,
            progress,
        )
        before = self._start_scores(parts, work, progress)
        distillation.student.causal.model.requires_grad_(True)
        make = partial(LanguageModelTrainer, distillation)
        best = Best("kl", is_high=False)
        return Learned(
            fitted=fit(make, parts, best, settings, work.path, progress, tracker),
            examples={name: len(part) for name, part in parts.items()},
            leaked=self._parts.leaked,
            teacher_fingerprint=distillation.teacher.fingerprint,
            start_scores={name: SplitScores(**found) for name, found in before.items()},
            read=tokens_read(parts, self._window),
        )

    def _start_scores(
        self, parts: Mapping[str, ReadPrograms], work: RunDirectory, progress: Progress
    ) -> dict[str, dict[str, float]]:
        """Scores of the student as it is; kept for a training that goes on."""
        if not work.has(START_SCORES):
            scored = {name: part for name, part in parts.items() if name in SCORED}
            found: dict[str, Any] = {}
            with progress.stage("scoring the start", sum(map(len, scored.values()))) as advance:
                for name, part in scored.items():
                    found[name] = self._distillation.scores(part.programs, advance)
            work.write_json(START_SCORES, found)
        kept: dict[str, dict[str, float]] = work.read_json(START_SCORES)
        return kept


def _specifications(settings: DistillationSettings, teacher: object) -> dict[str, ModelSpec]:
    """What the settings name, by name of the model."""
    if teacher is not None and not is_specification(teacher):
        raise UsageError(
            f"--task next-token: the teacher is named by a directory, a GGUF file, a hub id or "
            f"causal:LOCATION, not given as {type(teacher).__name__}; save it, and name its "
            f"directory",
            option="teacher",
        )
    device = {"device": settings.device}
    specs = {
        TEACHER: language_model_spec(settings.teacher, device),
        _STUDENT: language_model_spec(settings.model or "", device),
    }
    for name, spec in specs.items():
        if spec.kind == KEPT:
            raise UsageError(
                f"{spec}: holds final states of some programs, and a training reads others; name "
                f"the model itself",
                option=name.lstrip("-"),
            )
    if specs[_STUDENT].options_as(CausalOptions).dtype != "float32":
        raise UsageError(
            f"{specs[_STUDENT]}: is trained in float32; leave ?dtype= out (--precision says what "
            f"is computed with)",
            option="model",
        )
    return specs
