from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from metacompress.errors import UsageError
from metacompress.relations.evaluation import evaluate
from metacompress.relations.tokens.outputs import TokenOutputs
from metacompress.relations.tokens.registry import (
    DEFAULT_TOKEN_RELATIONS,
    TOKEN_RELATIONS,
    chosen_token_relations,
    make_token_relation,
)
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.verdict import Verdict


def tokens(
    kl: list[float], tops: list[tuple[int, int]], programs: list[int], **others: Any
) -> TokenOutputs:
    """Tokens of programs that are each a source of its own."""
    units = np.array(programs)
    counts = np.bincount(units)
    teacher, student = np.array(tops).reshape(-1, 2).T
    return TokenOutputs(
        np.array(kl),
        np.array(others.pop("tv", kl)),
        teacher,
        student,
        units,
        units,
        1 / counts[units],
        Dependence.of(np.arange(len(counts))),
        **others,
    )


def test_divergences_by_token_and_by_program() -> None:
    found = tokens([0.0, 0.3, 0.0, 0.04], [(1, 1)] * 4, [0, 0, 1, 1])
    by_token = make_token_relation("token-divergence", {"eps": 0.1})
    by_program = make_token_relation("program-divergence", {"eps": 0.1})
    assert by_token.judge(by_token.inputs(found)).violated.tolist() == [False, True, False, False]
    assert by_program.judge(by_program.inputs(found)).violated.tolist() == [True, False]
    np.testing.assert_allclose(by_program.judge(found.by_program()).magnitude, [0.15, 0.02])
    # Of the first source half of the tokens, of the second none.
    assert by_token.scores(found).estimate(0.95).value == 0.25
    assert by_program.scores(found.by_program()).estimate(0.95).value == 0.5


def test_a_source_counts_once_however_many_tokens_it_has() -> None:
    found = tokens([1.0] + [0.0] * 9, [(1, 2)] + [(1, 1)] * 9, [0] + [1] * 9)
    relation = make_token_relation("top-token-agreement", {})
    assert relation.scores(found).estimate(0.95).value == 0.5


def inherited(tops: list[tuple[int, int]], tv: float, **constants: object) -> Any:
    """The judgement of one token of a variant; on its source, both models say 1."""
    source = tokens([0.0], [(1, 1)], [0], tv=[0.1])
    variant = tokens([0.0], tops, [0], tv=[tv], before=np.array([0]), sources=source)
    relation = make_token_relation("token-invariance-inheritance", constants)
    return relation.judge(relation.inputs(variant))


@pytest.mark.parametrize(
    ("top", "applicable", "violated"),
    [((1, 1), True, False), ((1, 2), True, True), ((2, 2), False, False), ((2, 1), False, False)],
)
def test_inheritance_speaks_where_the_teacher_stays(
    top: tuple[int, int], applicable: bool, violated: bool
) -> None:
    found = inherited([top], 0.5)
    assert (found.applicable[0], found.violated[0]) == (applicable, violated)
    assert np.isnan(found.magnitude[0]) == (not applicable)


def test_inheritance_by_distance() -> None:
    assert inherited([(1, 1)], 0.5, tau=0.3).violated[0]
    assert not inherited([(1, 1)], 0.2, tau=0.3).violated[0]
    # It was as far away on the source already.
    assert not inherited([(1, 1)], 0.5, tau=0.05).violated[0]


def test_inheritance_leaves_edited_tokens_and_parted_sources_out() -> None:
    source = tokens([0.0, 0.0], [(1, 1), (1, 2)], [0, 0])
    variant = tokens(
        [0.0] * 3, [(1, 5)] * 3, [0, 0, 0], before=np.array([-1, 1, 0]), sources=source
    )
    relation = make_token_relation("token-invariance-inheritance", {})
    assert relation.judge(variant).applicable.tolist() == [False, False, True]
    assert relation.judge(variant).violated.tolist() == [False, False, True]


def test_verdicts_of_sure_students() -> None:
    rng = np.random.default_rng(0)
    programs = np.repeat(np.arange(200), 20).tolist()
    near, far = (rng.exponential(scale, 4000).tolist() for scale in (0.005, 0.2))
    relation = make_token_relation("token-divergence", {})
    rows = [(relation, tokens(kl, [(1, 1)] * 4000, programs)) for kl in (near, far)]
    found = evaluate(rows, confidence=0.95)
    assert [one.verdict for one in found] == [Verdict.PASS, Verdict.FAIL]
    assert found[0].curve is not None


def test_names_and_constants() -> None:
    assert sorted(DEFAULT_TOKEN_RELATIONS) == TOKEN_RELATIONS.names()
    assert chosen_token_relations("all") == {name: {} for name in TOKEN_RELATIONS.names()}
    assert chosen_token_relations("token-divergence?eps=0.2") == {
        "token-divergence": {"eps": "0.2"}
    }
    for name in TOKEN_RELATIONS.names():
        assert TOKEN_RELATIONS.get(name).name == name
        assert TOKEN_RELATIONS.describe(name)
    with pytest.raises(UsageError, match="known constants: tolerance, eps"):
        make_token_relation("token-divergence", {"epsilon": 1})
