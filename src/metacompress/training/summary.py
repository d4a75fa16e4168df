"""Cards of trained models, and the summaries of trainings and exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.training.run_files import RESULT

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory


class SplitScores(Record):
    """Scores of a trained model on one split."""

    loss: float = Field(description="mean loss")
    accuracy: Figure = Field(
        default=None, description="share of the labels predicted; null where there is no label"
    )
    agreement: Figure = Field(
        default=None,
        description="share of the teacher's predictions that it predicts, too; null without a "
        "teacher",
    )
    kl: Figure = Field(
        default=None,
        description="of a language model, mean KL(teacher || student) of a token, in nats; else "
        "null",
    )
    perplexity: Figure = Field(
        default=None, description="of a language model, exp of the mean loss of a token; else null"
    )
    teacher_perplexity: Figure = Field(
        default=None, description="that of its teacher on the same tokens; null of a classifier"
    )


class TokensRead(Record):
    """What a language model read of its examples."""

    window: int = Field(description="tokens of a program that were read at most")
    predicted: dict[str, int] = Field(description="tokens that were predicted, by split")
    truncated: dict[str, int] = Field(description="programs longer than the window, by split")


class OnnxFile(Record):
    """An exported model, compared with the original on random inputs."""

    bytes: int = Field(description="size of model.onnx")
    inputs: int = Field(description="random inputs that both models were compared on")
    largest_difference: float = Field(
        description="largest difference of their class probabilities, in [0, 1]"
    )


class CompressionStep(Record):
    """What made a model smaller. Other keys are those of its technique."""

    model_config = ConfigDict(extra="allow")

    technique: str = Field(description="name of the technique")
    summary: str = Field(description="what was done, in a sentence")
    scored: bool = Field(
        default=True, description="whether the scores of the card are those after this step"
    )


class ModelCard(Record):
    """Provenance and scores of a trained model."""

    task: str = Field(description="name of the task")
    settings: JsonObject = Field(description="settings of the training")
    started_from: ModelCard | None = Field(
        description="card of the model that the training started from, if it has one"
    )
    start_compression: list[CompressionStep] = Field(
        default=[],
        description="steps that had made the model smaller that the training started "
        "from, in their order",
    )
    examples: dict[str, int] = Field(description="examples by split")
    leaked: int = Field(
        default=0, description="inputs of the test split left out of training and validation"
    )
    read: TokensRead | None = Field(
        default=None, description="what a language model read of them; null of a classifier"
    )
    parameters: int = Field(description="numbers in the weights")
    kept_zeros: int = Field(
        default=0,
        description="weights of linear layers that were zero at the start and were kept so",
    )
    steps: int = Field(description="optimizer steps")
    epochs: float = Field(description="epochs done")
    seconds: float = Field(description="seconds of the training")
    scores: dict[str, SplitScores] = Field(description="scores by split")
    start_scores: dict[str, SplitScores] = Field(
        default={},
        description="scores by split of the language model that the training started from; empty "
        "of a classifier",
    )
    teacher_fingerprint: str | None = Field(
        description="digest of everything that the teacher's answers depend on; null without a "
        "teacher"
    )
    compression: list[CompressionStep] = Field(
        default=[], description="steps that made it smaller after the training, in their order"
    )
    onnx: OnnxFile | None = Field(default=None, description="its export, if there is one")


class TrainSummary(ModelCard):
    """A finished training: the card of the model, and its place."""

    schema_name: Literal["metacompress.train/1"] = Field(
        default="metacompress.train/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path = Field(description="directory of the model")


class ExportSummary(OnnxFile):
    """A model written as ONNX."""

    schema_name: Literal["metacompress.export/1"] = Field(
        default="metacompress.export/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path = Field(description="directory of the export; onnx:DIR is a model specification")


def read_training(work: RunDirectory) -> TrainSummary:
    """Read the summary of a finished training.

    Args:
        work: directory of the training, in that of its model.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    card = read_record(work, RESULT, ModelCard)
    return TrainSummary(**dict(card), out=work.path.parent)
