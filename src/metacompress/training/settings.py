"""Settings of a training: what the command line and the Python API fill in."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from metacompress.characters import require_plain
from metacompress.errors import UsageError
from metacompress.settings.data import DataConfig
from metacompress.settings.fields import InputPath, OneOrSeveral, PathText, Seed
from metacompress.training.faithful import DOUBLE_SOFTMAX

S = TypeVar("S", bound="TrainingSettings")
# What of an architecture an existing RoBERTa can be given: it is made to read data flow.
OF_GRAPHS = ("family", "max_length", "flow_length")
_FLOW_LENGTH, _LEAST_CODE = 128, 16


class Architecture(BaseModel):
    """A transformer encoder that is trained from scratch, and its tokenizer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family: Literal["bert", "roberta", "graphcodebert"] | None = Field(
        default=None,
        description="default: bert for pairs (it tells the two apart), else roberta; "
        "graphcodebert reads data flow as well",
    )
    layers: int = Field(default=4, ge=1)
    hidden: int = Field(default=256, ge=8, description="width of a token's vector")
    heads: int = Field(default=4, ge=1, description="attention heads; they share the width")
    feed_forward: int = Field(default=1024, ge=8, description="width inside of a layer")
    tokenizer: Literal["bpe", "wordpiece", "unigram", "word"] = Field(
        default="bpe", description="what makes tokens of a program's words"
    )
    vocabulary: int = Field(default=8000, ge=300, description="tokens at most")
    max_length: int = Field(default=512, ge=16, description="tokens per input at most")
    flow_length: int | None = Field(
        default=None, ge=0, description="of them, kept for data flow (128); graphcodebert only"
    )
    activation: Literal["gelu", "relu", "silu", "gelu_new"] = Field(
        default="gelu", description="inside of a layer"
    )
    dropout: float = Field(default=0.1, ge=0, lt=1, description="of hidden vectors")
    attention_dropout: float = Field(
        default=0.0, ge=0, lt=1, description="of attention weights; above 0 costs time on a CPU"
    )
    initialization: Literal["standard", "alike"] | None = Field(
        default=None,
        description="alike: a token first attends to its like; default: alike for pairs, else "
        "standard",
    )

    @property
    def kept_for_flow(self) -> int:
        """Tokens of an input that are kept for data flow, where it is read."""
        return _FLOW_LENGTH if self.flow_length is None else self.flow_length


class TrainingSettings(BaseModel):
    """How a classifier is trained. Paths stand as given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str
    data: DataConfig
    out: PathText = Field(description="directory of the finished model")
    valid_split: str | None = Field(default=None, description="of the same data")
    hold_out: float | None = Field(
        default=None, gt=0, lt=1, description="share of the groups that validates instead"
    )
    test_split: str | None = Field(default=None, description="scored once, at the end")
    model: InputPath | None = Field(
        default=None, description="directory or hub id to start from; else trained from scratch"
    )
    architecture: Architecture = Architecture()
    epochs: float = Field(default=10, gt=0)
    batch_size: int = Field(default=16, ge=1)
    learning_rate: float | None = Field(
        default=None, gt=0, description="default: 5e-4 from scratch, 5e-5 from a model"
    )
    weight_decay: float = Field(default=0.01, ge=0)
    token_dropout: float = Field(
        default=0.0, ge=0, lt=1, description="share of the tokens hidden at each training step"
    )
    label_smoothing: float = Field(
        default=0.0, ge=0, lt=1, description="share of each label that is spread over all classes"
    )
    warmup: float = Field(default=0.1, ge=0, lt=1, description="share of the steps")
    evaluations: int = Field(default=1, ge=1, description="evaluations and checkpoints in an epoch")
    patience: int | None = Field(
        default=3, ge=1, description="evaluations without a better one that end the training"
    )
    keep: Literal["best", "last"] = Field(
        default="best", description="checkpoint that becomes the model; last: no early stopping"
    )
    average: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="share of the steps, at the end, whose weights are averaged; needs keep = last",
    )
    max_minutes: float | None = Field(default=None, gt=0)
    precision: Literal["fp32", "bf16", "fp16"] = "fp32"
    faithful: Annotated[tuple[Literal["frozen-biases", "double-softmax"], ...], OneOrSeveral] = (
        Field(default=(), description="what published programs do and papers do not say")
    )
    seed: Seed = 0

    @property
    def needs_labels(self) -> bool:
        """Whether every example must have a label."""
        return True

    def identity(self) -> dict[str, Any]:
        """Everything that the result depends on."""
        return self.model_dump(mode="json", exclude={"out"})


class DistillationSettings(TrainingSettings):
    """How a student is distilled.

    The loss is (1 - hard_weight) times the soft loss, at temperature T, plus hard_weight times
    the cross-entropy with the labels; see ``metacompress.training.losses``.
    """

    teacher: str = Field(description="model specification; recorded: takes recorded soft labels")
    soft_loss: Literal["kl", "cross-entropy-cosine"] = Field(
        default="kl", description="distance to the teacher that is made small"
    )
    temperature: float = Field(default=2.0, gt=0)
    hard_weight: float = Field(default=0.0, ge=0, le=1)

    @property
    def needs_labels(self) -> bool:
        """Whether every example must have a label; a teacher's answers do without."""
        return self.hard_weight > 0


def make_settings(model: type[S], settings: dict[str, Any]) -> S:
    """Validate settings.

    Raises:
        UsageError: one is missing, unknown or out of range, or two exclude each other.
    """
    require_plain(settings, "setting")
    try:
        made = model.model_validate(settings)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).removesuffix("_path").removeprefix("architecture_")
        option = "--" + name.replace("_", "-")
        if first["type"] == "missing":
            raise UsageError(f"{option} is needed", option=name) from None
        raise UsageError(f"{option}: {first['msg']}", option=name) from None
    new = made.architecture.model_fields_set
    reads_graphs = made.architecture.family == "graphcodebert"
    if made.model is not None and new - ({*OF_GRAPHS} if reads_graphs else set()):
        raise UsageError(
            "--model fixes the architecture; leave out the options of an architecture, or --model",
            option="model",
        )
    if made.valid_split is not None and made.hold_out is not None:
        raise UsageError("give --valid-split or --hold-out, not both", option="hold_out")
    if made.average and made.keep != "last":
        raise UsageError(
            "--average makes the model of the last steps; add --keep last", option="keep"
        )
    if DOUBLE_SOFTMAX in made.faithful and not isinstance(made, DistillationSettings):
        raise UsageError(
            f"--faithful {DOUBLE_SOFTMAX} is about a teacher; use metacompress distill",
            option="faithful",
        )
    if not reads_graphs and made.architecture.flow_length is not None:
        raise UsageError("--flow-length is for --architecture graphcodebert", option="flow_length")
    if (
        reads_graphs
        and made.architecture.kept_for_flow > made.architecture.max_length - _LEAST_CODE
    ):
        raise UsageError(
            f"--max-length must exceed --flow-length by at least {_LEAST_CODE}", option="max_length"
        )
    hidden, heads = made.architecture.hidden, made.architecture.heads
    if hidden % heads:
        raise UsageError(f"--hidden {hidden} cannot be shared by --heads {heads}", option="heads")
    return made
