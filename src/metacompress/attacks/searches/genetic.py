"""The genetic search of ALERT over whole renamings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from metacompress.attacks.engine.subject import Candidate, Identifier, Renaming, Subject

# A renaming that can be a key.
_Genome = frozenset[tuple["Identifier", str]]

_CHILDREN = 64
_CROSSOVER = 0.7
_MIN_ROUNDS = 10
_ROUNDS_PER_CHROMOSOME = 5


def genetic_search(
    subject: Subject,
    substitutes: Mapping[Identifier, Sequence[str]],
    best: Renaming,
    score: float,
    rng: np.random.Generator,
) -> Generator[Sequence[Candidate], np.ndarray, Candidate | None]:
    """Cross and mutate renamings until one reaches the goal or the rounds are over.

    The population starts from the source and, for each identifier, its best single renaming.
    There are max(5 x its size, 10) rounds of 64 children. A child is, with probability 0.7, a
    one-point crossover of two chromosomes, and else a chromosome with one gene drawn anew; so it
    is too where crossing gives nothing new. A child that is better than the worst replaces it.

    Source: Yang et al. 2022 (ALERT), doi:10.1145/3510003.3510146, section 3.4; the constants
    are those of its published code.

    Args:
        subject: the example.
        substitutes: names of each identifier, at least one.
        best: of each identifier, the name with the largest fall.
        score: of the source.
        rng: the only source of chance.
    """
    genes = list(substitutes)
    if not genes:
        return None
    known: dict[_Genome, float] = {_genome({}): score}
    population: list[Renaming] = [{}, *({gene: name} for gene, name in best.items())]
    adversarial = yield from _learn(subject, population, known)
    scores = [known[_genome(one)] for one in population]
    for _ in range(max(_ROUNDS_PER_CHROMOSOME * len(population), _MIN_ROUNDS)):
        if adversarial is not None:
            break
        children = [_child(population, genes, substitutes, rng) for _ in range(_CHILDREN)]
        adversarial = yield from _learn(subject, children, known)
        for child in children:
            worst = max(range(len(population)), key=scores.__getitem__)
            value = known[_genome(child)]
            if value < scores[worst]:
                population[worst], scores[worst] = child, value
    return adversarial


def _genome(renaming: Renaming) -> _Genome:
    return frozenset(renaming.items())


def _learn(
    subject: Subject, renamings: Sequence[Renaming], known: dict[_Genome, float]
) -> Generator[Sequence[Candidate], np.ndarray, Candidate | None]:
    """Ask about those of ``renamings`` that are not known, each once; the first adversarial one."""
    new = {genome: one for one in renamings if (genome := _genome(one)) not in known}
    if not new:
        return None
    candidates = [subject.renamed(one) for one in new.values()]
    answers = yield candidates
    # What no answer came to is behind an adversarial one, or the search is stopped.
    known |= dict.fromkeys(new, np.inf)
    known |= zip(new, subject.goal.scores(answers).tolist(), strict=False)
    return subject.first_adversarial(candidates, answers)


def _child(
    population: Sequence[Renaming],
    genes: Sequence[Identifier],
    substitutes: Mapping[Identifier, Sequence[str]],
    rng: np.random.Generator,
) -> Renaming:
    first = population[int(rng.integers(len(population)))]
    second = population[int(rng.integers(len(population)))]
    if rng.random() < _CROSSOVER:
        cut = int(rng.integers(len(genes)))
        crossed = {
            gene: parent[gene]
            for place, gene in enumerate(genes)
            if gene in (parent := first if place < cut else second)
        }
        if crossed not in (first, second) and _is_injective(crossed):
            return crossed
    gene = genes[int(rng.integers(len(genes)))]
    names = substitutes[gene]
    mutated = {**first, gene: names[int(rng.integers(len(names)))]}
    return mutated if _is_injective(mutated) else first


def _is_injective(renaming: Renaming) -> bool:
    return len({(i.program, new) for i, new in renaming.items()}) == len(renaming)
