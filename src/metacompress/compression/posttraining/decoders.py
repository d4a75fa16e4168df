"""Language models that compression without training reads, and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError
from metacompress.models.files.json_file import read_json_object
from metacompress.models.files.source import CONFIG
from metacompress.models.naming.location import local_path
from metacompress.models.naming.spec import CAUSAL, DEFAULT_KIND
from metacompress.models.next_token.loading import language_model_spec

if TYPE_CHECKING:
    import torch

    from metacompress.models.files.causal import CausalModel
    from metacompress.models.naming.spec import ModelSpec

_GGUF = ".gguf"
_HEADS = ("ForCausalLM", "LMHeadModel")
# Programs of the demo set that measures are taken on, and tokens of each.
PROBES, _WINDOW = 16, 128


def is_decoder(spec: ModelSpec) -> bool:
    """Whether a specification names a causal language model, by its kind or its own files."""
    if spec.kind != DEFAULT_KIND:
        return spec.kind == CAUSAL
    if spec.location.lower().endswith(_GGUF):
        return True
    path = local_path(spec.location) / CONFIG
    if not path.is_file():
        return False
    stated = read_json_object(path).get("architectures")
    return isinstance(stated, list) and any(str(one).endswith(_HEADS) for one in stated)


def read_decoder(model: str) -> CausalModel:
    """The language model, in float32 on the CPU.

    Raises:
        MetaCompressError: see ``read_causal``.
    """
    from metacompress.models.files.causal import CausalOptions, read_causal

    spec = language_model_spec(model, {"device": "cpu"})
    options = spec.options_as(CausalOptions)
    if options.dtype != "float32":
        raise UsageError(f"{spec}: is compressed in float32; leave ?dtype= out", option="model")
    return read_causal(spec, options)


def probes(causal: CausalModel) -> list[torch.Tensor]:
    """The beginnings of some programs of the demo set, as token ids (1, length)."""
    import torch

    from metacompress.data.demo import demo_examples
    from metacompress.data.task import NEXT_TOKEN

    texts = [example.programs[0].text for example in demo_examples(NEXT_TOKEN, "test")][:PROBES]
    window = min(_WINDOW, causal.max_length)
    return [torch.tensor([causal.tokenizer(text)["input_ids"][:window]]) for text in texts]


def probabilities(causal: CausalModel, inputs: list[torch.Tensor]) -> list[torch.Tensor]:
    """The distributions of the next token at each position of inputs, (length, vocabulary)."""
    import torch

    from metacompress.models.files.foreign import foreign_code
    from metacompress.models.runtime.torch_runtime import inference

    with foreign_code(causal.name, "cannot be run"), inference():
        return [torch.softmax(causal.model(input_ids=ids).logits[0].float(), -1) for ids in inputs]


def parameters(model: Any) -> int:
    """Numbers in the weights of a model; what is shared counts once."""
    return sum(weights.numel() for weights in model.parameters())
