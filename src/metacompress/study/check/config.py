"""The configuration of a check: what the command line, a TOML file and the Python API fill in."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from metacompress.data.task import NEXT_TOKEN
from metacompress.files.existing import existing_path
from metacompress.relations import DEFAULT_RELATIONS
from metacompress.relations.registry import REPRESENTATIONS, Relations, chosen_relations
from metacompress.runs.place import run_and_student
from metacompress.runs.run_files import SUMMARY
from metacompress.settings.base import Settings
from metacompress.settings.fields import ByContent, Group, Pairs, PathText, Shown
from metacompress.settings.output import OutputSettings
from metacompress.study.check.sequence import Until
from metacompress.study.players import FLOOR, TEACHER, Students
from metacompress.study.settings import StudySettings
from metacompress.variants.settings import VariantSettings, composition_name

WorseBy = Annotated[
    float,
    Field(
        ge=0,
        le=1,
        description="Difference from which on a student is worse than the baseline's: 0.01 is one "
        "point of percent of a rate. The default is ours",
    ),
    Shown(Group.STATISTICS),
]
DEFAULT_WORSE_BY = 0.01
_ByContentOfSummary = ByContent(lambda place: existing_path(run_and_student(place)[0] / SUMMARY))


NO_INPUTS = frozenset(
    {
        TEACHER,
        "student",
        FLOOR,
        "fingerprints",
        "backends",
        "relations",
        "confidence",
        "baseline",
        "worse_by",
        "slices",
        "false_discovery_rate",
        "shrink",
        "shrink_queries",
        "locate",
        "locate_queries",
    }
)
"""Parts of a check's identity that neither its sources nor its variants depend on."""


class CheckConfig(StudySettings, VariantSettings):
    """Does a student behave like its teacher?"""

    group: ClassVar[Group] = Group.RELATIONS

    student: Annotated[Students, Shown(Group.MODELS, "[NAME=]MODEL")] = Field(
        min_length=1,
        description="Student: a model specification; several, each with a name, are checked side "
        "by side",
        examples=["onnx:path/to/student"],
    )
    floor: Annotated[str | None, Shown(Group.MODELS, "MODEL")] = Field(
        default=None,
        description="Floor: a second teacher (another seed, or the same weights in another "
        "runtime or precision), whose violation rates are what chance alone gives",
        examples=["path/to/other/teacher"],
    )
    mix: Annotated[dict[str, float], Pairs, Shown(Group.VARIANTS, "NAME=WEIGHT")] = Field(
        default={},
        description="Weights of transformations in every rate, above 0; 1 for those not named",
        examples=[{"rename-identifiers": 3.0}],
    )
    relations: Annotated[Relations, Shown(word="NAME?constant=value", flag="relation")] = Field(
        default={name: {} for name in DEFAULT_RELATIONS},
        min_length=1,
        description="Relations with their constants and tolerances, or all that need no more than "
        "probabilities (see metacompress list relations)",
    )
    tolerance: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Largest violation rate that passes, of all relations; default: as each "
        "relation has it",
        examples=[0.05],
    )

    slices: Annotated[bool, Shown(Group.STATISTICS)] = Field(
        default=True,
        description="Find the slices (inputs that share a property) in which relations are "
        "violated more often than elsewhere",
    )
    false_discovery_rate: Annotated[float, Shown(Group.STATISTICS)] = Field(
        default=0.1,
        gt=0,
        lt=1,
        description="Largest expected share of wrong ones among the slices that are found, "
        "between 0 and 1",
    )
    baseline: Annotated[
        Annotated[PathText, _ByContentOfSummary] | None, Shown(Group.MODELS, "RUN[#NAME]")
    ] = Field(
        default=None,
        description="Baseline: run directory of a finished check, of the last release say, whose "
        "student each student is compared with on the same inputs; of several students, RUN#NAME",
        examples=["runs/last-release"],
    )
    worse_by: WorseBy = DEFAULT_WORSE_BY
    sequential: Annotated[bool, Shown(Group.STATISTICS)] = Field(
        default=False,
        description="Ask sources in random order, and stop as soon as every relation is decided",
    )
    margin: Annotated[float, Shown(Group.STATISTICS)] = Field(
        default=0.0,
        ge=0,
        description="Half the width of an indifference zone around every limit, in which a "
        "sequential check may decide either way",
    )
    until: Annotated[Until, Shown(Group.STATISTICS)] = Field(
        default=Until.ROWS,
        description="Goal of a sequential check: a decision on every relation (rows), or only what "
        "the overall verdict needs (verdict)",
    )
    second_look: Annotated[bool, Shown(Group.STATISTICS)] = Field(
        default=False,
        description="Allow another look, at other inputs, where a finished check in the run "
        "directory was undecided; the report warns of the higher error",
    )
    shrink: Annotated[int, Shown(Group.RELATIONS, "N")] = Field(
        default=0,
        ge=0,
        description="Shrink the N worst counterexamples to their fewest edits and statements, and "
        "write them as a file for metacompress replay",
    )
    shrink_queries: Annotated[int, Shown(Group.RELATIONS, "N")] = Field(
        default=60,
        ge=1,
        description="Largest number of inputs that the models are asked for to shrink one "
        "counterexample; the default is ours",
    )
    locate: Annotated[int, Shown(Group.RELATIONS, "N")] = Field(
        default=0,
        ge=0,
        description="Locate the edits, tokens and lines that part teacher and student in the N "
        "worst counterexamples, as they were found",
    )
    locate_queries: Annotated[int, Shown(Group.RELATIONS, "N")] = Field(
        default=60,
        ge=2,
        description="Largest number of inputs that the models are asked for to locate one "
        "counterexample, two per edit; edits beyond that are taken together. The default is ours",
    )
    output: OutputSettings = OutputSettings()

    @model_validator(mode="before")
    @classmethod
    def _tolerate(cls, settings: Any) -> Any:
        """Give ``tolerance`` to every relation: it is a constant of theirs."""
        tolerance = settings.get("tolerance") if isinstance(settings, dict) else None
        relations = chosen_relations((settings or {}).get("relations", DEFAULT_RELATIONS))
        if tolerance is None or not isinstance(relations, dict):
            return settings
        told = {
            name: {**constants, "tolerance": tolerance} for name, constants in relations.items()
        }
        return {**settings, "relations": told, "tolerance": None}

    @field_validator("task")
    @classmethod
    def _of_classifiers(cls, task: str) -> str:
        if task == NEXT_TOKEN.name:
            raise ValueError(
                f"{task} has no classes; language models are compared token by token by "
                f"metacompress fidelity, with the same --teacher, --student and --data"
            )
        return task

    @field_validator("mix")
    @classmethod
    def _weigh(cls, mix: dict[str, float]) -> dict[str, float]:
        for name, weight in mix.items():
            if not 0 < weight < math.inf:
                raise ValueError(f"the weight of {name} must be above 0, not {weight}")
        return mix

    @model_validator(mode="after")
    def _mix_of_the_plan(self) -> Self:
        """A weight of what makes no variants is a slip of the pen."""
        composed = () if self.compose is None else (composition_name(self.compose),)
        made = (*composed, *self.transforms)
        if self.variants_from is not None:  # tools have names, too
            return self
        for name in self.mix:
            if name not in made:
                known = ", ".join(made) or "none"
                raise ValueError(f"no variant is made by {name}; transformations: {known}")
        return self

    @model_validator(mode="after")
    def _only_in_sequence(self) -> Self:
        if not self.sequential and (self.margin or self.until is not Until.ROWS):
            name = "margin" if self.margin else "until"
            raise ValueError(f"{name} has no effect without sequential; add --sequential")
        return self

    @model_validator(mode="after")
    def _not_in_sequence(self) -> Self:
        if self.sequential and REPRESENTATIONS in self.relations:
            raise ValueError(
                f"{REPRESENTATIONS} compares all inputs of a sample with each other and cannot be "
                f"decided source by source; leave out this relation, or sequential"
            )
        return self

    def identity(self) -> dict[str, Any]:
        """See StudySettings: a check that shrinks nothing is the same whatever it might ask."""
        found = super().identity()
        for name in ("shrink", "locate"):
            if not found[name]:
                del found[name], found[f"{name}_queries"]
        return found

    @property
    def order_seed(self) -> int:
        """Seed of the order of sources in a sequential check: that of samples of the data."""
        return self.data.sample_seed

    def asked(self, sources: int) -> int:
        """See RunningSettings."""
        kinds = len(self.transforms) if self.compose is None else 1
        recorded = int(self.variants_from is not None)
        return sources * (1 + self.variants * kinds + recorded)

    def models(self) -> dict[str, str]:
        """See StudySettings: the teacher, the students, and the floor where there is one."""
        floor = {} if self.floor is None else {FLOOR: self.floor}
        return {TEACHER: self.teacher, **self.student, **floor}


class CompareConfig(Settings):
    """Is the student of one finished check not worse than that of another one?"""

    group: ClassVar[Group] = Group.STATISTICS

    baseline: Annotated[PathText, Shown(Group.MODELS, "RUN[#NAME]")] = Field(
        description="Baseline: run directory of a finished check; of several students, RUN#NAME",
        examples=["runs/last-release"],
    )
    run: Annotated[PathText, Shown(Group.MODELS, "RUN[#NAME]")] = Field(
        description="Run directory of the finished check whose student is compared with the "
        "baseline's; of several students, RUN#NAME",
        examples=["runs/this-release"],
    )
    worse_by: WorseBy = DEFAULT_WORSE_BY
    confidence: float = Field(
        default=0.95, gt=0, lt=1, description="Confidence level of every interval, between 0 and 1"
    )
    output: OutputSettings = OutputSettings()
