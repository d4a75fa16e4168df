"""Repair by distillation: more steps on sources and variants, with the teacher's answers to each.

The teacher's answers to a source and to its variants are alike exactly where it is invariant, so
that matching them teaches its invariances (function matching, Beyer et al. 2022, arXiv 2106.05237).
A loss of consistency can be added, which weighs them more than the rest. Hard inputs, on which the
student parts from the teacher, may come more often than others.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.compression.material import examples_table, soft_labels_table
from metacompress.repairing.kind import CONTROL, DATA, REPAIRED, TRIALS
from metacompress.repairing.mixing import beside_sources, mixed_rows, some_of_each
from metacompress.repairing.seeking import seek_hard_inputs
from metacompress.repairing.settings import TRAINED
from metacompress.repairing.summary import Distillation, Trial
from metacompress.repairing.varying import vary
from metacompress.settings.validation import validated
from metacompress.study.players import ONLY_STUDENT, TEACHER
from metacompress.training.settings import DistillationSettings
from metacompress.training.training import train

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.repairing.settings import RepairSettings
    from metacompress.repairing.sides import Sides
    from metacompress.study.runner import StudyContext
    from metacompress.training.summary import TrainSummary

_SOFT_LABELS = "teacher.parquet"


@dataclass(frozen=True, slots=True)
class Learnt:
    """Inputs of a training with the teacher's answers.

    Attributes:
        examples: n sources and variants.
        is_variant: (n,).
        source_rows: (n,); the source of each variant among the examples, and of a source itself.
        teacher: probabilities (n, k).
        is_hard: (n,), whether the student parts from the teacher.
    """

    examples: Sequence[Example]
    is_variant: NDArray[np.bool_]
    source_rows: NDArray[np.intp]
    teacher: NDArray[np.float64]
    is_hard: NDArray[np.bool_]


class Distiller:
    """Trains repaired students of one study.

    Args:
        study: the repair.
        sides: its sources.
        start: directory or hub id of the student.

    Attributes:
        seconds: CPU seconds of all trainings so far.
    """

    def __init__(self, study: StudyContext[RepairSettings], sides: Sides, start: str) -> None:
        self._study, self._config = study, study.config
        self._start = start
        self.seconds = 0.0
        sought = {} if self._config.attack is None else seek_hard_inputs(study, sides.learn)
        self._sought = len(sought)
        self._learn = self._learnt("learn", sides.learn, sought)
        self._choose = self._learnt("choose", sides.choose)

    def repair(self) -> tuple[Path, Distillation]:
        """Choose temperature and mix by short trainings, and train; returns the model's place."""
        config = self._config
        options = list(product(config.temperatures, config.follow_up_shares))
        trials: list[Trial] = []
        for number, (temperature, share) in enumerate(options if len(options) > 1 else ()):
            card = self._train(
                f"{TRIALS}/{number:03}", temperature, share, share_of_steps=config.trial_share
            )
            agreement = card.scores["valid"].agreement
            trials.append(
                Trial(temperature=temperature, follow_up_share=share, agreement=agreement)
            )
            self._study.progress.note(
                f"temperature {temperature:g}, {share:.0%} variants: agreement {agreement:.4f}"
            )
        best = max(range(len(trials)), key=lambda one: trials[one].agreement or 0.0, default=0)
        temperature, share = options[best]
        made = self._train(REPAIRED, temperature, share)
        return made.out, Distillation(
            temperature=temperature,
            follow_up_share=share,
            trials=trials,
            inputs=len(self._learn.examples),
            hard=int(self._learn.is_hard.sum()),
            sought=self._sought,
            steps=made.steps,
            agreement_before=float(1 - self._choose.is_hard.mean()),
            agreement=made.scores["valid"].agreement,
        )

    def control(self, like: Distillation) -> Path:
        """Train the same student for as many steps at the same temperature, on sources alone."""
        return self._train(CONTROL, like.temperature, 0.0, is_control=True).out

    def _learnt(
        self, side: str, sources: Sequence[Example], sought: Mapping[int, Example] | None = None
    ) -> Learnt:
        """Sources with variants, and those that were sought, by the row of their source."""
        study, config = self._study, self._config
        follow_ups = vary(study, f"variants/{side}", sources, config.families()[TRAINED])
        rng = np.random.default_rng([config.seed, len(side)])
        drawn = some_of_each(follow_ups.source_rows, config.follow_ups, rng)
        kept = set(drawn.tolist())
        variants = [one for row, one in enumerate(follow_ups) if row in kept]
        found = sought or {}
        examples = [*sources, *variants, *found.values()]
        source_rows = np.concatenate(
            [np.arange(len(sources)), follow_ups.source_rows[drawn], list(found)]
        ).astype(np.intp)
        teacher, student = (
            study.predict(name, examples, f"{name} on inputs to {side} by")
            for name in (TEACHER, ONLY_STUDENT)
        )
        # What both models read as its source is no input of its own.
        first, end = len(sources), len(sources) + len(variants)
        is_known = np.zeros(len(examples), dtype=np.bool_)
        is_known[first:end] = True
        for one in (teacher, student):
            is_known[first:end] &= one.read[first:end] == one.read[follow_ups.source_rows[drawn]]
        rows = np.flatnonzero(~is_known)
        answers = [one.probabilities[rows] for one in (teacher, student)]
        return Learnt(
            [examples[row] for row in rows],
            rows >= len(sources),
            source_rows[rows],
            answers[0],
            answers[0].argmax(axis=1) != answers[1].argmax(axis=1),
        )

    def _train(
        self,
        place: str,
        temperature: float,
        follow_up_share: float,
        *,
        is_control: bool = False,
        share_of_steps: float = 1.0,
    ) -> TrainSummary:
        config, study = self._config, self._study
        hard, consistency = (0.0, 0.0) if is_control else (config.hard_share, config.consistency)
        rows = max(1, round(config.steps * share_of_steps)) * config.rows_per_step
        directory = self._written(rows, follow_up_share, hard)
        given: dict[str, Any] = {
            "task": config.task,
            "labels": config.labels,
            "positive": config.positive,
            "pairs": config.pairs,
            "data": {"path": str(directory), "split": "train", "max_quarantined": 0.0},
            "valid_split": "valid",
            "teacher": f"recorded:{directory / _SOFT_LABELS}",
            "model": self._start,
            "temperature": temperature,
            "epochs": 1.0,
            "batch_size": config.rows_per_step,
            "learning_rate": config.learning_rate,
            "consistency": consistency,
            "evaluations": config.evaluations,
            "patience": None,
            "device": config.device,
            "seed": config.seed if config.training_seed is None else config.training_seed,
            "out": str(study.run.path / place),
        }
        before = time.process_time()
        # In a directory of ours: a model of it that is damaged is made again, a whole one stays.
        made = train(
            validated(DistillationSettings, given), overwrite=True, progress=study.progress
        )
        self.seconds += time.process_time() - before
        return made

    def _written(self, rows: int, follow_up_share: float, hard_share: float) -> Path:
        """The directory of the training's tables, made where they are not there yet."""
        run, task = self._study.run, self._study.dataset.task
        name = f"{DATA}/{rows}-{follow_up_share:g}-{hard_share:g}"
        tables = [f"{name}/{table}" for table in ("train.parquet", "valid.parquet", _SOFT_LABELS)]
        if not all(map(run.has, tables)):
            learn, choose = self._learn, self._choose
            order = mixed_rows(
                learn.is_variant,
                learn.is_hard,
                rows,
                variant_share=follow_up_share,
                hard_share=hard_share,
                rng=np.random.default_rng(self._config.seed),
            )
            names = [f"train-{row}" for row in range(rows)]
            chosen = [f"valid-{row}" for row in range(len(choose.examples))]
            groups = beside_sources(order, learn.is_variant, learn.source_rows)
            rows_of = [
                replace(learn.examples[k], group=str(g)) for k, g in zip(order, groups, strict=True)
            ]
            run.write_table(tables[0], examples_table(names, rows_of, task))
            run.write_table(tables[1], examples_table(chosen, choose.examples, task))
            answers = np.concatenate([learn.teacher[order], choose.teacher])
            run.write_table(tables[2], soft_labels_table([*names, *chosen], answers))
        return run.path / name
