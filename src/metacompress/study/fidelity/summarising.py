"""Build the summary of a study of next-token fidelity from its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.data.part import Part
from metacompress.lang.token_classes import TOKEN_CLASSES
from metacompress.relations.tokens.registry import make_token_relation
from metacompress.stats.intervals.tokens import TokenSample
from metacompress.stats.verdict import combine
from metacompress.study.clusters import cluster_numbers
from metacompress.study.fidelity.figures import token_figures
from metacompress.study.fidelity.llama_columns import llama_columns
from metacompress.study.fidelity.measured import (
    outputs_of_sources,
    outputs_of_variants,
    read_tokens,
)
from metacompress.study.fidelity.summary import (
    MeasuredData,
    PartFidelity,
    StudentFidelity,
)
from metacompress.study.fidelity.tables import PROGRAMS
from metacompress.study.judged import judged_on_parts
from metacompress.variants.follow_ups import FollowUps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.relations.kinds import Kinds
    from metacompress.relations.tokens.outputs import TokenOutputs
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.fidelity.config import FidelityConfig
    from metacompress.study.fidelity.measured import MeasuredTokens


def summarise_students(
    config: FidelityConfig,
    dataset: Dataset,
    attempts: StoredTable,
    run: RunDirectory,
    progress: Progress,
) -> dict[str, StudentFidelity]:
    """What was found of every student, by name.

    Args:
        config: of the study.
        dataset: the sources.
        attempts: the table of variants.
        run: with the table of tokens.
        progress: shows the stage.
    """
    relations = [make_token_relation(*one) for one in config.relations.items()]
    clusters = cluster_numbers(dataset.examples)
    kinds = FollowUps(attempts, dataset.examples).kinds
    tokens = read_tokens(run)
    sources, variants = tokens.rows(tokens.of_sources), tokens.rows(~tokens.of_sources)
    found = {}
    with progress.stage("evaluating", len(config.student)) as advance:
        for name in config.student:
            outputs = {Part.SOURCES: outputs_of_sources(sources, name, clusters)}
            if len(variants):
                outputs[Part.FOLLOW_UPS] = outputs_of_variants(
                    variants, name, clusters, kinds, sources
                )
            judged = judged_on_parts(
                relations,
                outputs,
                config.confidence,
                inputs=lambda relation, found: relation.inputs(found),
            )
            parts = {
                part: _part(
                    variants if part is Part.FOLLOW_UPS else sources,
                    name,
                    one,
                    kinds,
                    config.confidence,
                )
                for part, one in outputs.items()
            }
            verdicts = [one.verdict for one in judged.values() if one.verdict is not None]
            found[name] = StudentFidelity(
                verdict=combine(verdicts),
                relations=judged,
                sources=parts[Part.SOURCES],
                follow_ups=parts.get(Part.FOLLOW_UPS),
            )
            advance(1)
    return found


def _part(
    tokens: MeasuredTokens, student: str, outputs: TokenOutputs, kinds: Kinds, confidence: float
) -> PartFidelity:
    sample = TokenSample(outputs.units, outputs.dependence, confidence)
    total = len(tokens)
    one = tokens.students[student]

    def figures(chosen: NDArray[np.bool_]) -> Any:
        return token_figures(sample.rows(chosen), tokens.rows(chosen), student, total)

    names = kinds.names if outputs.before is not None else ()
    by_kind = {name: kinds.are(name)[tokens.variant] for name in names}
    by_class = {str(name): tokens.classes == code for code, name in enumerate(TOKEN_CLASSES)}
    return PartFidelity(
        figures=figures(np.ones(total, dtype=np.bool_)),
        classes={name: figures(where) for name, where in by_class.items() if where.any()},
        transformations={name: figures(where) for name, where in by_kind.items() if where.any()},
        kept_tokens=None if outputs.before is None else int((outputs.before >= 0).sum()),
        llama_cpp=llama_columns(
            sample, tokens.log_likelihood, one.log_likelihood, one.kl, one.top == tokens.top
        ),
    )


def summarise_data(dataset: Dataset, run: RunDirectory, window: int) -> MeasuredData:
    """How many programs were read, and how much of them."""
    truncated = whole = read = programs = 0
    for group in run.open_table(PROGRAMS).groups():
        truncated += sum(group["truncated"].to_pylist())
        whole += sum(group["bytes"].to_pylist())
        read += sum(group["bytes_read"].to_pylist())
        programs += len(group)
    return MeasuredData(
        source=dataset.source,
        sources=len(dataset),
        groups=len({name for example in dataset for name in example.clusters}),
        variants=programs - len(dataset),
        quarantined=len(dataset.quarantine),
        window=window,
        truncated=truncated,
        unread=1 - read / whole if whole else None,
    )
