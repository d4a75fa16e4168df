"""Settings of trainings: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import UsageError
from metacompress.settings.base import Settings
from metacompress.settings.data import DataSettings, PredictedDataSettings
from metacompress.settings.fields import (
    Device,
    Epochs,
    Group,
    InputPath,
    OneOrSeveral,
    OutDirectory,
    PathText,
    Patience,
    Precision,
    Seed,
    Shown,
    TaskName,
    TeacherModel,
)
from metacompress.settings.output import TrackerName
from metacompress.settings.task import TaskClasses
from metacompress.training.faithful import DOUBLE_SOFTMAX

if TYPE_CHECKING:
    from collections.abc import Iterator

# What of an architecture an existing RoBERTa can be given: it is made to read data flow.
OF_GRAPHS = ("family", "max_length", "flow_length")
_FLOW_LENGTH, _LEAST_CODE = 128, 16
# At temperature 1, the soft loss is the divergence that a language model is measured by.
_TEMPERATURE, _TOKEN_TEMPERATURE = 2.0, 1.0


class Architecture(Settings):
    """A transformer encoder that is trained from scratch, and its tokenizer."""

    group: ClassVar[Group] = Group.ARCHITECTURE

    family: Annotated[
        Literal["bert", "roberta", "graphcodebert"] | None, Shown(keyword="architecture")
    ] = Field(
        default=None,
        description="Family of the encoder; default: bert for pairs (it tells the two programs "
        "apart), else roberta; graphcodebert reads data flow as well",
        examples=["bert"],
    )
    layers: int = Field(default=4, ge=1, description="Layers of a new model")
    hidden: int = Field(
        default=256, ge=8, description="Width of a token's vector in a new model, at least 8"
    )
    heads: int = Field(
        default=4, ge=1, description="Attention heads of a new model, which share its width"
    )
    feed_forward: int = Field(
        default=1024, ge=8, description="Inner width of a new model's layers, at least 8"
    )
    tokenizer: Literal["bpe", "wordpiece", "unigram", "word"] = Field(
        default="bpe", description="Tokenizer of a new model"
    )
    vocabulary: int = Field(
        default=8000, ge=300, description="Largest vocabulary of a new tokenizer, at least 300"
    )
    max_length: int = Field(
        default=512, ge=16, description="Largest number of tokens per input, at least 16"
    )
    flow_length: int | None = Field(
        default=None,
        ge=0,
        description="Tokens per input that are kept for data flow; graphcodebert only; default: "
        "128",
        examples=[128],
    )
    activation: Literal["gelu", "relu", "silu", "gelu_new"] = Field(
        default="gelu", description="Activation function of a new model"
    )
    dropout: float = Field(
        default=0.1, ge=0, lt=1, description="Dropout of a new model's hidden vectors, from 0 to 1"
    )
    attention_dropout: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Dropout of a new model's attention weights, from 0 to 1; above 0 it costs "
        "time on a CPU",
    )
    initialization: Literal["standard", "alike"] | None = Field(
        default=None,
        description="Initial weights of a new model; alike: a token first attends to equal "
        "tokens; default: alike for pairs, else standard",
        examples=["standard"],
    )

    @property
    def kept_for_flow(self) -> int:
        """Tokens of an input that are kept for data flow, where it is read."""
        return _FLOW_LENGTH if self.flow_length is None else self.flow_length


class LearningSettings(TaskClasses):
    """What every training of one or more models is told; paths stand as given."""

    group: ClassVar[Group] = Group.TRAINING

    task: TaskName
    data: DataSettings
    out: OutDirectory
    valid_split: Annotated[str | None, Shown(Group.DATA, "NAME")] = Field(
        default=None,
        description="Split to validate on; default: hold out groups of the training split",
        examples=["valid"],
    )
    hold_out: Annotated[float | None, Shown(Group.DATA)] = Field(
        default=None,
        gt=0,
        lt=1,
        description="Share of the groups held out to validate on, between 0 and 1; default: 0.1, "
        "where no split validates",
        examples=[0.1],
    )
    test_split: Annotated[str | None, Shown(Group.DATA, "NAME")] = Field(
        default=None, description="Split to score once, at the end", examples=["test"]
    )
    patience: Patience = 3
    precision: Precision = "fp32"
    device: Annotated[
        Device,
        Field(
            description="Device that models run and are trained on: auto, cpu, cuda, cuda:N or "
            "mps; auto takes a GPU if there is one"
        ),
    ] = "auto"
    seed: Seed = 0

    @property
    def needs_labels(self) -> bool:
        """Whether every example must have a label."""
        return True

    @model_validator(mode="after")
    def _validate_on_one(self) -> Self:
        if self.valid_split is not None and self.hold_out is not None:
            raise UsageError("give --valid-split or --hold-out, not both", option="hold_out")
        return self


class TrainingSettings(LearningSettings):
    """How a classifier is trained."""

    model: Annotated[InputPath | None, Shown(Group.MODELS, "MODEL")] = Field(
        default=None,
        description="Model to start from: a directory or hub id, for next-token also a GGUF file "
        "or causal:LOCATION; default: a new model, trained from scratch",
        examples=["microsoft/codebert-base"],
    )
    architecture: Architecture = Architecture()
    epochs: Epochs = 10
    batch_size: int = Field(default=16, ge=1, description="Examples per training step")
    learning_rate: float | None = Field(
        default=None,
        gt=0,
        description="Peak learning rate; default: 5e-4 from scratch, 5e-5 from a model",
        examples=[5e-4],
    )
    weight_decay: float = Field(default=0.01, ge=0, description="Weight decay of AdamW")
    keep_zeros: bool = Field(
        default=True,
        description="Keep weights of linear layers at zero that are zero in the model to start "
        "from, as pruning sets them",
    )
    token_dropout: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of the tokens hidden at each training step, from 0 to 1",
    )
    label_smoothing: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of each label that is spread over all classes, from 0 to 1",
    )
    warmup: float = Field(
        default=0.1, ge=0, lt=1, description="Share of the steps with a rising learning rate"
    )
    evaluations: int = Field(default=1, ge=1, description="Evaluations and checkpoints per epoch")
    keep: Literal["best", "last"] = Field(
        default="best",
        description="Checkpoint that becomes the model: the best on validation, or the last, "
        "where too few examples validate (no early stopping then)",
    )
    average: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Share of the steps, at the end, whose weights are averaged, from 0 to 1; "
        "needs keep = last",
    )
    max_minutes: float | None = Field(
        default=None,
        gt=0,
        description="Largest time of the training, in minutes",
        examples=[30.0],
    )
    faithful: Annotated[
        tuple[Literal["frozen-biases", "double-softmax"], ...],
        OneOrSeveral,
        Shown(word="QUIRK"),
    ] = Field(
        default=(),
        description="Quirks of the published programs to reproduce: frozen-biases, double-softmax",
        examples=[["frozen-biases"]],
    )

    tracker: TrackerName = None

    def identity(self) -> dict[str, Any]:
        """Everything that the result depends on."""
        return self.model_dump(mode="json", exclude={"out", "device", "tracker"})

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        new = self.architecture.model_fields_set
        reads_graphs = self.architecture.family == "graphcodebert"
        if self.average and self.keep != "last":
            raise UsageError(
                "--average makes the model of the last steps; add --keep last", option="average"
            )
        if self.task == NEXT_TOKEN.name:
            return self._fit_next_token()
        if self.model is not None and new - ({*OF_GRAPHS} if reads_graphs else set()):
            raise UsageError(
                "--model fixes the architecture; leave out the options of an architecture, or "
                "--model",
                option="model",
            )
        if DOUBLE_SOFTMAX in self.faithful and not isinstance(self, DistillationSettings):
            raise UsageError(
                f"--faithful {DOUBLE_SOFTMAX} is about a teacher; use metacompress distill",
                option="faithful",
            )
        if not reads_graphs and self.architecture.flow_length is not None:
            raise UsageError(
                "--flow-length is for --architecture graphcodebert", option="flow_length"
            )
        if (
            reads_graphs
            and self.architecture.kept_for_flow > self.architecture.max_length - _LEAST_CODE
        ):
            raise UsageError(
                f"--max-length must exceed --flow-length by at least {_LEAST_CODE}",
                option="max_length",
            )
        hidden, heads = self.architecture.hidden, self.architecture.heads
        if hidden % heads:
            raise UsageError(
                f"--hidden {hidden} cannot be shared by --heads {heads}", option="hidden"
            )
        return self

    def _fit_next_token(self) -> Self:
        raise UsageError(
            "metacompress train trains classifiers; a causal language model learns from its "
            "original: metacompress distill --task next-token --teacher ORIGINAL --model STUDENT",
            option="task",
        )


class DistillationSettings(TrainingSettings):
    """How a student is distilled.

    The loss is (1 - hard_weight) times the soft loss, at temperature T, plus hard_weight times
    the cross-entropy with the labels; see ``metacompress.training.losses``.
    """

    task: Annotated[
        TaskName,
        Field(
            description="Task of the models: clone-detection, vulnerability-prediction, or another "
            "one that metacompress list tasks shows; next-token for causal language models"
        ),
    ]
    data: PredictedDataSettings
    teacher: TeacherModel
    soft_loss: Literal["kl", "cross-entropy-cosine"] = Field(
        default="kl",
        description="Distance between the student's and the teacher's probabilities: kl (Hinton "
        "et al.) or cross-entropy-cosine (MORPH)",
    )
    temperature: float | None = Field(
        default=None,
        gt=0,
        description="Temperature of the soft loss; default: 2, and 1 for next-token",
        examples=[2.0],
    )
    hard_weight: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Weight of the loss on the labels, from 0 to 1; for next-token, on the tokens "
        "that are there",
    )
    consistency: float = Field(
        default=0.0,
        ge=0,
        description="Weight of a loss that keeps the student's answers to the examples of one "
        "group alike where the teacher predicts one class for them: for variants whose column "
        "group names their source",
    )
    control: Literal["none", "hard-labels", "random-teacher"] = Field(
        default="none",
        description="Control in place of a student: the same training on labels alone "
        "(hard-labels), or on the teacher's answers to other examples (random-teacher)",
    )

    @property
    def label_weight(self) -> float:
        """Weight of the loss on the labels, in [0, 1]; a control on labels has no other loss."""
        return 1.0 if self.control == "hard-labels" else self.hard_weight

    @property
    def is_next_token(self) -> bool:
        """Whether the models are causal language models."""
        return self.task == NEXT_TOKEN.name

    @property
    def soft_temperature(self) -> float:
        """Temperature of the soft loss."""
        default = _TOKEN_TEMPERATURE if self.is_next_token else _TEMPERATURE
        return default if self.temperature is None else self.temperature

    @property
    def needs_labels(self) -> bool:
        """Whether every example must have a label; a teacher's answers do without.

        The labels of a language model are the tokens themselves.
        """
        return self.label_weight > 0 and not self.is_next_token

    def _fit_next_token(self) -> Self:
        if self.model is None:
            raise UsageError(
                "--task next-token starts from a student: name it with --model (compress prune and "
                "compress quantize make one)",
                option="model",
            )
        for option, reason in self._unfit_for_next_token():
            raise UsageError(f"--task next-token: {reason}", option=option)
        return self

    def _unfit_for_next_token(self) -> Iterator[tuple[str, str]]:
        """Settings that mean nothing for a language model, and what to do instead."""
        for option in sorted(self.architecture.model_fields_set - {"max_length"}):
            yield option, "a student keeps its architecture; leave the options of a new model out"
        if self.labels:
            yield "labels", "the classes are the tokens; leave --labels out"
        if self.soft_loss != "kl":
            yield "soft_loss", "the soft loss is KL; leave --soft-loss out"
        if self.consistency:
            yield "consistency", "it compares classes; leave --consistency out"
        if self.control == "random-teacher":
            yield (
                "control",
                "programs have other tokens each, so a teacher's answers to another program answer "
                "nothing; use --control hard-labels",
            )
        if self.label_smoothing:
            yield (
                "label_smoothing",
                "the teacher's distribution is smooth already; leave --label-smoothing out",
            )
        if self.token_dropout:
            yield (
                "token_dropout",
                "a hidden token would have to be predicted, too; leave --token-dropout out",
            )
        if self.faithful:
            yield "faithful", "the published programs train classifiers; leave --faithful out"
        if self.data.skips_unanswered:
            yield "missing", "the teacher is asked itself and answers all; leave --missing out"


class ExportSettings(Settings):
    """A classifier to write for ONNX Runtime."""

    model: Annotated[PathText, Shown(Group.MODELS, "MODEL")] = Field(
        description="Classifier: a Hugging Face directory or hub id", examples=["path/to/model"]
    )
    out: OutDirectory
    hidden_states: Annotated[bool, Shown(Group.MODELS)] = Field(
        default=False,
        description="Let the graph put out the hidden states of every layer, too, which the "
        "relation representation-similarity compares",
    )
