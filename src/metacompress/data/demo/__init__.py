"""The embedded demo set: small programming problems, each solved several times in each language."""

from metacompress.data.demo.pairs import SPLITS, demo_examples
from metacompress.data.demo.problems import Case, Implementation, Problem, read_problems

__all__ = [
    "SPLITS",
    "Case",
    "Implementation",
    "Problem",
    "demo_examples",
    "read_problems",
]
