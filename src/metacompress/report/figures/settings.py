"""Settings of tables and model cards that are made of finished runs."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from metacompress.settings.base import Settings
from metacompress.settings.fields import Group, OneOrSeveral, PathText, Shown

Layout = Literal["students", "relations", "scores"]


class TableSettings(Settings):
    """A table of finished runs."""

    group: ClassVar[Group] = Group.OUTPUT

    runs: Annotated[tuple[PathText, ...], OneOrSeveral, Shown(word="RUN", flag="run")] = Field(
        min_length=1,
        description="Run directories of finished checks, or of finished studies of attacks",
        examples=[["runs/devign"]],
    )
    format: Literal["markdown", "latex", "csv"] = Field(
        default="markdown", description="Format of the table"
    )
    rows: Layout = Field(
        default="students",
        description="Rows: students, with a column per relation and part; relations, with a column "
        "per student; or scores, the accuracy of every model",
    )
    relations: Annotated[tuple[str, ...], OneOrSeveral, Shown(word="NAME", flag="relation")] = (
        Field(
            default=(),
            description="Relations in the table, in this order; default: all",
            examples=[["prediction-agreement"]],
        )
    )
    verdicts: bool = Field(default=False, description="Write the verdict behind each value")


class CardSettings(Settings):
    """What a model card says of a finished check."""

    group: ClassVar[Group] = Group.OUTPUT

    run: Annotated[PathText, Shown(word="RUN[#NAME]")] = Field(
        description="Run directory of a finished check; of several students, RUN#NAME",
        examples=["runs/devign"],
    )
    out: Annotated[PathText | None, Shown(word="DIR")] = Field(
        default=None,
        description="Directory of the model on the Hugging Face Hub: .eval_results/ is written "
        "into it; needs dataset",
        examples=["student"],
    )
    dataset: Annotated[str | None, Shown(word="ID")] = Field(
        default=None,
        description="Data set of the check on the Hugging Face Hub, for .eval_results/",
        examples=["google/code_x_glue_cc_defect_detection"],
    )
    dataset_revision: Annotated[str | None, Shown(word="HASH")] = Field(
        default=None, description="Revision of the data set on the Hub, for .eval_results/"
    )
    source_url: Annotated[str | None, Shown(word="URL")] = Field(
        default=None,
        description="Address of the report, where it can be read; for .eval_results/",
        examples=["https://example.org/report.html"],
    )
