"""Run a study of attacks: how much more does a student lose than its teacher?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from metacompress.attacks import make_attack
from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.attacks.engine.probe import choose_batch_limit
from metacompress.attacks.engine.scheduler import Budget, Scheduler
from metacompress.attacks.engine.subject import Subject
from metacompress.attacks.searches.random_control import RandomControl
from metacompress.attacks.substitutes import NameCorpus, make_substitutes, substitutes_digest
from metacompress.errors import UsageError
from metacompress.files.overlap import refuse_inputs_in
from metacompress.lang.language import require_front_end
from metacompress.lang.names import is_legal_name
from metacompress.models.recording import count_distinct
from metacompress.models.store import PredictionStore
from metacompress.models.white_box import WhiteBox
from metacompress.relations import make_relation
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import SUMMARY, RunDirectory
from metacompress.runs.run_files import STORE, store_files
from metacompress.study.attack import attempts as attempting
from metacompress.study.attack.results import AttackResults
from metacompress.study.attack.summary import summarise_attacks
from metacompress.study.check.study import default_run
from metacompress.study.inputs import (
    ROLES,
    inputs_of,
    load_inputs,
    not_resumable,
    study_identity,
)
from metacompress.study.warnings import resumption_warnings
from metacompress.transforms.gate import Gate
from metacompress.transforms.naming import CorpusNaming
from metacompress.variants.analyses import Analyses
from metacompress.variants.making import TARGETS, target_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.attacks.engine.base import Attack
    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.lang.program import AnalysedProgram
    from metacompress.models.classifier import Classifier, Predictions
    from metacompress.runs.progress import Progress
    from metacompress.study.attack.config import AttackConfig

COSTS = "costs.json"
CONTROL = "random-control"
_ANALYSES_KEPT = 1024


def run_attack_study(
    config: AttackConfig,
    *,
    models: dict[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Attack a teacher and its student on the same examples.

    Killed at any point and run again, it goes on after the last attacked example, to the same
    summary.

    Args:
        config: the study.
        models: ``teacher`` and ``student``, where they are not what ``config`` says.
        dataset: examples, where they are not what ``config`` says.
        overwrite: replace another study that is in the run directory.
        progress: shows the stages.

    Returns:
        the run directory, complete.

    Raises:
        MetaCompressError: see metacompress.errors; what was done so far stays in the run
            directory.
    """
    stopwatch = Stopwatch()
    progress = progress or NoProgress()
    attacks = {text: make_attack(text) for text in dict.fromkeys(config.attacks)}
    relations = [make_relation(name, constants) for name, constants in config.relations.items()]
    given = {"teacher": config.teacher, "student": config.student} | (models or {})
    if config.run:
        inputs = inputs_of(given, config.data, substitutes=config.substitutes)
        refuse_inputs_in(Path(config.run), "--run", inputs)
        RunDirectory(Path(config.run)).refuse_foreign()
    victims, dataset = load_inputs(config, given, dataset, progress)
    if all(example.label is None for example in dataset):
        raise UsageError(f"{dataset.source}: attacks need labels, and no example has one")
    identity = study_identity(
        config,
        dataset,
        victims,
        substitutes_content=substitutes_digest(config.substitutes),
    )
    name = f"attack-{config.task}"
    run = RunDirectory(Path(config.run) if config.run else default_run(name, identity))
    unknown = not_resumable(victims)
    going_on = run.begun and not overwrite
    with run.open_for_writing(
        identity,
        overwrite=overwrite,
        anew=bool(unknown),
        still_valid=lambda different: store_files(STORE),
        note=progress.note,
    ):
        if going_on:
            run.refuse_going_on(unknown)
        if not all(map(run.has, (SUMMARY, COSTS, attempting.TABLE))):
            store_path = Path(config.store) if config.store else run.path / STORE
            own = not config.store
            with PredictionStore(store_path, own=own, note=progress.note) as store:
                study = _Study(config, dataset, victims, store, run, progress)
                results = study.attack(attacks)
                summary = summarise_attacks(config, dataset, attacks, relations, results)
                summary["warnings"] += [one.content() for one in resumption_warnings(victims)]
                run.write_json("environment.json", environment(stopwatch, study.asked))
            run.write_json(SUMMARY, summary)
    return run


def with_costs(run: RunDirectory) -> dict[str, Any]:
    """The summary of a finished study with the processor seconds of each attack and victim."""
    summary: dict[str, Any] = run.read_json(SUMMARY)
    costs = run.read_json(COSTS)
    for text, attack in summary["attacks"].items():
        for role, victim in attack["victims"].items():
            victim["cpu_seconds"] = costs[role][text]
    return summary


class _Study:
    """Attacks both models on one data set."""

    def __init__(
        self,
        config: AttackConfig,
        dataset: Dataset,
        victims: dict[str, Classifier],
        store: PredictionStore,
        run: RunDirectory,
        progress: Progress,
    ) -> None:
        self._config = config
        self._dataset = dataset
        self._victims = victims
        self._store = store
        self._run = run
        self._progress = progress
        self._analyses = Analyses(_ANALYSES_KEPT)
        self._targets = TARGETS[config.programs if dataset.task.arity == 2 else "first"]
        require_front_end(target_languages(dataset, self._targets), "an attack")
        self._gate = Gate(config.validity)
        self._corpus = self._collect_names()
        self._substitutes: Substitutes = make_substitutes(config.substitutes, self._corpus)
        self.asked = dict.fromkeys(victims, 0)

    def attack(self, attacks: dict[str, Attack]) -> AttackResults:
        """Run every attack on every victim, and try what it made on the other one."""
        clean = {
            role: self._predict(role, self._dataset.examples, f"{role} on sources")
            for role in ROLES
        }
        rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
        controls: dict[tuple[str, str], list[dict[str, Any]]] = {}
        costs: dict[str, dict[str, float]] = {}
        budget = Budget(self._config.max_queries, self._config.max_seconds)
        for role, classifier in self._victims.items():
            right = [
                index
                for index, example in enumerate(self._dataset)
                if example.label is not None
                and clean[role].probabilities[index].argmax() == example.label
            ]
            with self._progress.stage(f"probing {role}", 1) as advance:
                choose_batch_limit(classifier, [self._dataset[index] for index in right])
                advance(1)
            names = NameTokens(classifier) if isinstance(classifier, WhiteBox) else None
            costs[role] = {}
            for text, attack in attacks.items():
                job = attempting.AttackJob(role, attack, text, lambda index: budget)
                rows[role, text], costs[role][text] = self._run_job(job, right, names)
            kinds = sorted({attack.changes for attack in attacks.values()})
            for kind in kinds if self._config.control else ():
                of_kind = [text for text, attack in attacks.items() if attack.changes == kind]
                job = _control_job(role, kind, [rows[role, text] for text in of_kind])
                found, costs[role][job.name] = self._run_job(job, right, names)
                controls |= {(role, text): found for text in of_kind}
        # One control stands for all attacks of its kind.
        tables = [*rows.values(), *{id(found): found for found in controls.values()}.values()]
        everything = [row for found in tables for row in found]
        self._run.write_table(attempting.TABLE, attempting.attempts_table(everything))
        self._run.write_json(COSTS, costs)
        answers = {
            (role, text, model): self._predict(
                model, self._variants(found), f"{model} on {text} of {role}"
            )
            for (role, text), found in rows.items()
            for model in ROLES
        }
        return AttackResults(clean, rows, controls, answers)

    def _run_job(
        self, job: attempting.AttackJob, indices: list[int], names: NameTokens | None
    ) -> tuple[list[dict[str, Any]], float]:
        scheduler = Scheduler(
            self._victims[job.victim],
            self._store,
            concurrency=self._config.concurrency,
            seed=self._config.seed,
        )
        found = attempting.run_job(
            job,
            scheduler,
            lambda index: self._subject(index, names),
            indices,
            self._run.path,
            self._progress,
        )
        self.asked[job.victim] += scheduler.asked
        return found

    def _subject(self, index: int, names: NameTokens | None) -> Subject:
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

    def _variants(self, rows: list[dict[str, Any]]) -> list[Example]:
        return [
            self._dataset[row["index"]].with_texts(row["programs"])
            for row in rows
            if row["programs"] is not None
        ]

    def _predict(self, role: str, examples: Any, title: str) -> Predictions:
        classifier = self._victims[role]
        total = count_distinct(classifier, examples)
        with self._progress.stage(title, total) as advance:
            found, asked = self._store.predict(classifier, examples, advance=advance)
        self.asked[role] += asked
        return found

    def _collect_names(self) -> NameCorpus:
        names: set[str] = set()

        def programs() -> Iterator[AnalysedProgram]:
            for analysed in self._analyses.of_all(self._dataset, self._progress):
                names.update(
                    binding.name
                    for binding in analysed.scopes.bindings
                    if binding.fixed is None and is_legal_name(binding.name, analysed.language)
                )
                yield analysed

        naming = CorpusNaming.of(programs())
        return NameCorpus(naming, sorted(names), self._dataset.task, self._config.device)


def _control_job(
    role: str, kind: Literal["names", "transformations"], attempts: list[list[dict[str, Any]]]
) -> attempting.AttackJob:
    """Random variants, on each example as many as the attack with the most queries asked."""
    queries: dict[int, int] = {}
    for rows in attempts:
        for row in rows:
            queries[row["index"]] = max(queries.get(row["index"], 1), row["queries"])
    control = RandomControl(queries=max(queries.values(), default=1), variants=kind)
    return attempting.AttackJob(
        role, control, f"{CONTROL}-{kind}", lambda index: Budget(queries=queries[index])
    )
