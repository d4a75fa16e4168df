"""The genetic search of ALERT over whole renamings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    import numpy as np

    from metacompress.attacks.engine.subject import Candidate, Identifier, Renaming, Subject

_CHILDREN = 64
_CROSSOVER = 0.7
_MIN_ROUNDS = 10
_ROUNDS_PER_CHROMOSOME = 5


def genetic_search(
    subject: Subject,
    substitutes: Mapping[Identifier, Sequence[str]],
    best: Renaming,
    likelihood: float,
    rng: np.random.Generator,
) -> Generator[Sequence[Candidate], np.ndarray, Candidate | None]:
    """Cross and mutate renamings until one flips the prediction or the rounds are over.

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
        likelihood: P(label) of the source.
        rng: the only source of chance.
    """
    genes = list(substitutes)
    if not genes:
        return None
    singles = [subject.renamed({gene: name}) for gene, name in best.items()]
    answers = yield singles
    adversarial = subject.first_flip(singles, answers)
    if adversarial is not None:
        return adversarial
    population = [{}, *(single.renaming for single in singles)]
    likelihoods = [likelihood, *subject.likelihoods(answers)]
    for _ in range(max(_ROUNDS_PER_CHROMOSOME * len(population), _MIN_ROUNDS)):
        children = [_child(population, genes, substitutes, rng) for _ in range(_CHILDREN)]
        candidates = [subject.renamed(child) for child in children]
        answers = yield candidates
        adversarial = subject.first_flip(candidates, answers)
        if adversarial is not None:
            return adversarial
        for child, value in zip(children, subject.likelihoods(answers), strict=False):
            worst = max(range(len(population)), key=likelihoods.__getitem__)
            if value < likelihoods[worst]:
                population[worst], likelihoods[worst] = child, float(value)
    return None


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
