"""How often data may be looked at: whether a check may take the place of an earlier one.

A check of a fixed sample, and the last test of a sequential one, have spent their error. Run again
on other inputs because it was undecided, a check would err more often than it says. A sequential
check with more sources goes on instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.errors import RunDirectoryError
from metacompress.runs.record import read_record
from metacompress.runs.run_files import STORE, SUMMARY, store_files
from metacompress.stats.verdict import Verdict
from metacompress.study.check.config import NO_INPUTS
from metacompress.study.check.sequence import SEQUENCE_FILES, STATE, SequenceState
from metacompress.study.check.sequential.order import order_digest, sequence_order
from metacompress.study.check.summary import read_check
from metacompress.study.players import TEACHER
from metacompress.study.warnings import StudyWarning, WarningName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.summary import CheckSummary

# What may differ where a sequential check goes on.
_MAY_GROW = frozenset({"data", "dataset", "until"})
# What is no other input: other models and relations are another question.
_OTHER_QUESTIONS = NO_INPUTS | {"until"}


@dataclass(frozen=True, slots=True)
class TakingOver:
    """Decides about another check in the run directory; see ``open_run``.

    Attributes:
        config: of this check.
        run: the directory.
        dataset: of this check.
    """

    config: CheckConfig
    run: RunDirectory
    dataset: Dataset

    def __call__(self, there: dict[str, Any], identity: dict[str, Any]) -> Sequence[str] | None:
        """Patterns of the files that this check goes on with; None where it is another one.

        Raises:
            RunDirectoryError: it would be a second look.
        """
        before, now = (_without_baseline(one) for one in (there, identity))
        different = {key for key in {*before, *now} if before.get(key) != now.get(key)}
        if different <= _MAY_GROW and self._grows(there, identity):
            return (*SEQUENCE_FILES, *store_files(STORE))
        if not self.config.second_look and different - _OTHER_QUESTIONS:
            self._refuse_second_look(there, identity)
        return None

    def _grows(self, there: dict[str, Any], identity: dict[str, Any]) -> bool:
        """Whether the sources of the check that is there come first in the order of this one."""
        data = [{**one["data"], "limit": None} for one in (there, identity)]
        if not self.config.sequential or data[0] != data[1] or not self.run.has(STATE):
            return False
        state = read_record(self.run, STATE, SequenceState)
        order = sequence_order(self.dataset.examples, self.config.order_seed)
        first = [self.dataset[place] for place in order[: state.sources]]
        return len(first) == state.sources and order_digest(first) == state.digest

    def _refuse_second_look(self, there: dict[str, Any], identity: dict[str, Any]) -> None:
        if not self.run.has(SUMMARY):
            return
        try:
            earlier = read_check(self.run)
        except RunDirectoryError:
            return  # damaged, or of another version: nothing is known of it
        again = [
            name
            for name, student in earlier.students.items()
            if student.verdict is Verdict.UNDECIDED
            and _is_asked_again(name, earlier, there, identity)
        ]
        if again:
            raise RunDirectoryError(
                f"{self.run.path}: the check in it could not decide on {' and '.join(again)}; "
                f"another look, at other inputs, would err more often than the report says. Check "
                f"with --sequential from the start, which may go on with more sources; or take "
                f"data that no check has looked at, in another --run; or add --second-look, which "
                f"the report warns of",
                path=self.run.path,
            )


def _without_baseline(identity: dict[str, Any]) -> dict[str, Any]:
    """The same without the content of the baseline, which is no input of a model."""
    inputs = identity.get("inputs", {})
    return {**identity, "inputs": {key: inputs[key] for key in inputs if key != "baseline"}}


def _is_asked_again(
    name: str, earlier: CheckSummary, there: dict[str, Any], identity: dict[str, Any]
) -> bool:
    """Whether a student meets the same teacher and an undecided relation once more."""
    before, now = dict(there["fingerprints"]), dict(identity["fingerprints"])
    if before[TEACHER] != now.pop(TEACHER) or before[name] not in now.values():
        return False
    return any(
        found.verdict is Verdict.UNDECIDED
        and identity["relations"].get(relation) == there["relations"].get(relation)
        for relation, found in earlier.students[name].relations.items()
        if relation in identity["relations"]
    )


def look_warnings(config: CheckConfig) -> list[StudyWarning]:
    """A warning about a check that was told that it is a second look."""
    if not config.second_look:
        return []
    return [
        StudyWarning(
            name=WarningName.SECOND_LOOK,
            model="data",
            message="data: a second look, after an earlier check of these models could not decide; "
            "a pass or a fail is wrong more often than the confidence level says",
        )
    ]
