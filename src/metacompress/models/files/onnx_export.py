"""Write a Hugging Face classifier as ONNX, and check that both say the same."""

from __future__ import annotations

import inspect
import json
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from metacompress.errors import ModelError, RunDirectoryError, UsageError, first_line
from metacompress.extras import needing
from metacompress.files.atomic import new_directory
from metacompress.files.overlap import refuse_inputs_in
from metacompress.files.ownership import mark, read_marker, refuse_foreign
from metacompress.files.room import reporting_full_disk
from metacompress.models.files.onnx_files import CONFIG, MODEL, TOKENIZER
from metacompress.models.files.padding import padding_id
from metacompress.models.files.pretrained import read_model
from metacompress.models.runtime.torch_states import layers_of
from metacompress.models.tokens.vocabulary import PROBE
from metacompress.models.tokens.window import input_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from metacompress.models.naming.spec import ModelSpec

TOLERANCE = 1e-4
_OPSET = 17
_KIND = "export"
_CHECKED_INPUTS = 16
_SEED = 0


@dataclass(frozen=True, slots=True)
class Export:
    """What was written.

    Attributes:
        path: the directory.
        bytes: size of model.onnx.
        inputs: how many random inputs both models were compared on.
        largest_difference: of their class probabilities.
    """

    path: Path
    bytes: int
    inputs: int
    largest_difference: float


def export_onnx(spec: ModelSpec, out: Path, *, hidden_states: bool = False) -> Export:
    """Export a sequence classifier with its tokenizer.

    Attention is exported in its eager form: ONNX Runtime recognises and fuses that one.

    Args:
        spec: of a ``transformers`` model.
        out: directory to write, new, empty, or that of an earlier export, which is replaced.
        hidden_states: whether the graph puts out the states of every layer, too.

    Raises:
        RunDirectoryError: ``out`` holds something else, or cannot be written.
        ModelError: the model cannot be loaded or exported, has no fast tokenizer, or ONNX
            Runtime computes other probabilities (more than TOLERANCE off).
    """
    if spec.kind != "transformers":
        raise UsageError(
            f"{spec}: only models of the kind transformers can be exported", option="model"
        )
    refuse_inputs_in(out, "--out", [("the export", spec.location)])
    refuse_foreign(out, _KIND, "--out")
    with needing("export"):
        import onnx  # noqa: F401  # torch's exporter needs it
    model, tokenizer = read_model(spec)
    if not tokenizer.is_fast:
        raise ModelError(f"{spec}: has no fast tokenizer, and so no tokenizer.json", model=spec)
    padding_id(model, tokenizer, tokenizer(PROBE)["input_ids"], str(spec))
    model = model.float().eval()
    model.set_attn_implementation("eager")
    known = inspect.signature(model.forward).parameters
    names = [name for name in tokenizer.model_input_names if name in known]
    with _published(out) as made, reporting_full_disk(out):
        _export(model, names, made / MODEL, hidden_states=hidden_states)
        difference = _largest_difference(model, names, made / MODEL)
        if not difference <= TOLERANCE:
            raise ModelError(
                f"{spec}: ONNX Runtime's probabilities are {difference:.1e} off, more than "
                f"{TOLERANCE:.0e}; nothing was written",
                model=spec,
            )
        tokenizer.save_pretrained(made)
        _save_config(model, made)
        if not (made / TOKENIZER).is_file():
            raise ModelError(f"{spec}: its tokenizer did not write {TOKENIZER}", model=spec)
    return Export(out, (out / MODEL).stat().st_size, _CHECKED_INPUTS, difference)


def _save_config(model: Any, made: Path) -> None:
    """Write the configuration with the names of the classes.

    transformers leaves out what is as by default, also the names LABEL_0 and LABEL_1.
    """
    model.config.save_pretrained(made)
    path = made / CONFIG
    stated = json.loads(path.read_text(encoding="utf-8"))
    stated["id2label"] = {
        str(number): label for number, label in sorted(model.config.id2label.items())
    }
    path.write_text(json.dumps(stated, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _published(out: Path) -> Iterator[Path]:
    """A directory to fill, whose files go to ``out`` when the block ends without an error."""
    try:
        if not read_marker(out):
            with new_directory(out) as made:
                mark(made, _KIND)
                yield made
            return
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".export-") as scratch:
            yield Path(scratch)
            for file in sorted(Path(scratch).iterdir()):
                file.replace(out / file.name)
    except OSError as error:
        raise RunDirectoryError(
            f"{out}: cannot be written ({error.strerror or error}); choose another --out", path=out
        ) from error


class _Logits(torch.nn.Module):  # type: ignore[misc]  # torch is untyped here
    """The model with its inputs in a fixed order and logits as its first or only output."""

    def __init__(self, model: Any, names: list[str], *, hidden_states: bool) -> None:
        super().__init__()
        self._model = model
        self._names = names
        self._hidden_states = hidden_states

    def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
        given = dict(zip(self._names, tensors, strict=True))
        if not self._hidden_states:
            return (self._model(**given).logits,)
        output = self._model(**given, output_hidden_states=True)
        return (output.logits, *layers_of(output, str(self._model.config.name_or_path)))


def _inputs(model: Any, names: list[str], rows: int, length: int) -> dict[str, torch.Tensor]:
    """Random inputs of differing lengths; none is full, or the mask would be optimised away."""
    generator = torch.Generator().manual_seed(_SEED + length)
    pad = model.config.pad_token_id or 0
    vocabulary = model.config.get_text_config().vocab_size
    ids = torch.randint(0, vocabulary, (rows, length), generator=generator)
    ids[ids == pad] = (pad + 1) % vocabulary
    lengths = torch.randint(2, length, (rows,), generator=generator)
    mask = (torch.arange(length) < lengths[:, None]).long()
    end = model.config.eos_token_id
    if model.config.is_encoder_decoder and end is not None:
        # Such a model is read where its input ends.
        ids[ids == end] = next(one for one in range(vocabulary) if one not in (pad, end))
        ids[torch.arange(rows), lengths - 1] = end
    ids[mask == 0] = pad
    segments = (torch.arange(length) >= lengths[:, None] // 2).long() * mask
    if getattr(model.config, "type_vocab_size", 1) < 2:
        segments.zero_()
    every = {"input_ids": ids, "attention_mask": mask, "token_type_ids": segments}
    return {name: every[name] for name in names}


def _export(model: Any, names: list[str], path: Path, *, hidden_states: bool) -> None:
    longest = input_limit(model.config.to_dict(), None, None, str(path))
    example = _inputs(model, names, rows=2, length=min(16, longest))
    asked = _Logits(model, names, hidden_states=hidden_states).eval()
    axes: dict[str, dict[int, str]] = {name: {0: "batch", 1: "length"} for name in names}
    try:
        with torch.no_grad():
            layers = [f"hidden_states.{k}" for k in range(len(asked(*example.values())) - 1)]
        axes |= {name: {0: "batch", 1: "length"} for name in layers}
        with warnings.catch_warnings():
            # The TorchScript exporter is deprecated; its successor needs onnxscript, and its
            # graphs are checked below either way.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                asked,
                tuple(example.values()),
                str(path),
                input_names=names,
                output_names=["logits", *layers],
                dynamic_axes=axes | {"logits": {0: "batch"}},
                opset_version=_OPSET,
                dynamo=False,
            )
    except Exception as error:  # models raise anything where the exporter traces them
        raise ModelError(
            f"{model.config.name_or_path}: cannot be exported ({first_line(error)})",
            model=model.config.name_or_path,
        ) from error
    model.eval()


def _largest_difference(model: Any, names: list[str], path: Path) -> float:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])
    worst = 0.0
    longest = input_limit(model.config.to_dict(), None, None, str(path))
    for length in (min(9, longest), min(64, longest)):
        inputs = _inputs(model, names, rows=_CHECKED_INPUTS // 2, length=length)
        with torch.inference_mode():
            expected = _probabilities(model(**inputs).logits)
        (logits,) = session.run(["logits"], {name: value.numpy() for name, value in inputs.items()})
        found = _probabilities(torch.from_numpy(logits))
        worst = max(worst, float(np.abs(found - expected).max()))
    return worst


def _probabilities(logits: torch.Tensor) -> NDArray[np.float64]:
    if logits.shape[1] == 1:
        # The one of a class beside another whose logit is 0.
        logits = torch.cat([logits, torch.zeros_like(logits)], dim=1)
    probabilities: NDArray[np.float64] = torch.softmax(logits.double(), dim=-1).numpy()
    return probabilities
