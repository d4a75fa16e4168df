"""Plug-in of pytest: the fixture ``fidelity`` checks a student in a test.

pytest finds it by itself where MetaCompress is installed. Nothing but pytest is imported before a
test asks for the fixture.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from metacompress.api.results import CheckResult

_COUNTEREXAMPLES = 3


class Fidelity:
    """Checks a student and fails the test where it does not behave like its teacher.

    Args:
        settings: of every check, as a call has them; a call's own go before them.
        directory: where runs go.
    """

    def __init__(self, settings: dict[str, Any], directory: Path) -> None:
        self._settings = settings
        self._directory = directory
        self._checks = 0

    def __call__(self, **settings: Any) -> CheckResult:
        """Check a student.

        Args:
            **settings: ``teacher``, ``student``, ``data`` and the others of ``metacompress.check``;
                ``at_most``, the largest violation rate that passes, of every relation
                (``tolerance``); ``undecided="pass"``, which lets the test pass where the data
                cannot decide; ``counterexamples``, how many a failure shows, the worst first.

        Returns:
            the finished check.

        Raises:
            pytest.fail.Exception: the verdict is fail, or undecided; with a ``baseline``, that of
                the comparison counts as well.
            MetaCompressError: what is wrong, where, and what would be right.
        """
        __tracebackhide__ = True
        from metacompress.api.studies import check
        from metacompress.report.ci.failure import failure_text
        from metacompress.report.ci.outcome import check_outcome
        from metacompress.runs.progress import NoProgress
        from metacompress.stats.verdict import Verdict

        self._checks += 1
        asked = {
            "run": self._directory / f"fidelity-{self._checks}",
            "progress": NoProgress(),
            "undecided": "fail",
            "counterexamples": _COUNTEREXAMPLES,
            **self._settings,
            **_of_check(settings),
        }
        counterexamples = asked.pop("counterexamples")
        result = check(**asked)
        verdicts = {Verdict.FAIL, *([Verdict.UNDECIDED] if asked["undecided"] != "pass" else [])}
        if check_outcome(result.summary).verdict in verdicts:
            pytest.fail(failure_text(result.run, result.summary, counterexamples), pytrace=False)
        return result


def _of_check(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings by the names that ``metacompress.check`` has."""
    return {"tolerance" if name == "at_most" else name: one for name, one in settings.items()}


@pytest.fixture
def fidelity(request: pytest.FixtureRequest, tmp_path: Path) -> Fidelity:
    """Check that a student behaves like its teacher: ``fidelity(teacher=, student=, data=, ...)``.

    Settings that several tests share stand in the marker ``fidelity``. Runs go to ``tmp_path``, and
    answers of models are kept in the cache of pytest from one session to the next.
    """
    settings: dict[str, Any] = {}
    cache = getattr(request.config, "cache", None)
    if cache is not None:
        with suppress(OSError):  # of a directory that nobody may write to
            settings["store"] = Path(cache.mkdir("metacompress")) / "predictions.sqlite"
    # The marker of a test goes before that of its class and module.
    for marker in reversed(list(request.node.iter_markers("fidelity"))):
        settings |= _of_check(marker.kwargs)
    return Fidelity(settings, tmp_path)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers",
        "fidelity(**settings): settings that the fixture fidelity has in a test, as a call of it "
        "takes them",
    )
