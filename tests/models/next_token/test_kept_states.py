from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from tiny_decoders import write_decoder

from metacompress.errors import ModelError
from metacompress.models.next_token.kept_states import KeepingModel, KeptModel
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec, load_language_model
from metacompress.models.next_token.measures import program_divergences

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["int f(int a) { return a; }", "for (;;) {}", "while (count < total) count++;\n" * 3]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    path = write_decoder(tmp_path_factory.mktemp("models") / "model", "gpt2")
    return LanguageModel(language_model_spec(path))


def test_kept_states_make_nearly_the_same_distributions(
    model: LanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = [model.reader.read(text, 256) for text in TEXTS]
    exact = model.states(programs)
    first = KeepingModel(model, tmp_path / "kept").states(programs)
    monkeypatch.setattr(LanguageModel, "states", lambda *given: pytest.fail("asked again"))
    again = KeepingModel(model, tmp_path / "kept")
    alone = load_language_model(language_model_spec(f"states:{tmp_path / 'kept'}"))
    assert isinstance(alone, KeptModel)
    assert alone.fingerprint == again.fingerprint != model.fingerprint
    assert alone.weights_digest == model.weights_digest
    sums: list[Any] = []
    for program, states, *kept in zip(
        programs, exact, first, again.states(programs), alone.states(programs), strict=True
    ):
        found = program_divergences(
            program,
            (model.head, states),
            {str(k): (alone.head, one) for k, one in enumerate(kept)},
        )
        for one in found.students.values():
            np.testing.assert_array_equal(one.kl, found.students["0"].kl)
        sums.append(found.students["0"].kl)
    kl = np.concatenate(sums)
    rounding = alone.store.rounding()
    assert rounding.tokens == len(kl)
    assert rounding.mean_kl == pytest.approx(kl.mean(), rel=1e-6)
    assert rounding.max_kl == pytest.approx(kl.max(), rel=1e-6)
    assert 0 < rounding.max_kl < 1e-4
    assert rounding.bytes_per_token == 2 * 32
    assert rounding.other_top <= len(kl) // 50


def test_what_is_not_kept_is_told(model: LanguageModel, tmp_path: Path) -> None:
    KeepingModel(model, tmp_path / "kept").states([model.reader.read(TEXTS[0], 256)])
    alone = KeptModel(str(tmp_path / "kept"))
    with pytest.raises(ModelError, match=r"keeps no states of a program.*--keep-states"):
        alone.states([model.reader.read(TEXTS[1], 256)])


def test_unfit_directories_are_refused(model: LanguageModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ModelError, match="holds something else"):
        KeepingModel(model, tmp_path)
    with pytest.raises(ModelError, match="not a directory of kept states"):
        KeptModel(str(tmp_path))
    KeepingModel(model, tmp_path / "kept")
    other = LanguageModel(language_model_spec(write_decoder(tmp_path / "other", "gpt2", seed=1)))
    with pytest.raises(ModelError, match="states of another model"):
        KeepingModel(other, tmp_path / "kept")
    (tmp_path / "kept" / "head.safetensors").write_bytes(b"no")
    with pytest.raises(ModelError, match="damaged"):
        KeptModel(str(tmp_path / "kept"))


def test_states_beyond_half_precision_are_refused(
    model: LanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LanguageModel, "states", lambda *given: [torch.full((2, 32), 1e6)])
    with pytest.raises(ModelError, match="too large for half precision"):
        KeepingModel(model, tmp_path / "kept").states([model.reader.read("a b", 256)])
