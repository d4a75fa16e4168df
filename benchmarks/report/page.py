"""The page of a large study in a browser: its size, the time to its first paint and to a filter.

    python benchmarks/report/page.py                       # 500 Devign functions
    python benchmarks/report/page.py --limit 50 --run DIR  # a taste, kept in DIR
    python benchmarks/report/page.py --run DIR --only-page # of a study that is there already

Three students, all transformations and all relations, on functions of Devign. Times are read from
Chromium's own trace of the page, the median of several loads; every request is listed, and one that
leaves the page is an error. Clock times depend on the machine: they are compared with the time that
the same browser takes for an empty page.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
CATEGORIES = ["loading", "devtools.timeline", "blink.user_timing", "rail"]
LARGEST = 2_000_000
_MICROSECONDS = 1000.0


def study(run: Path, limit: int) -> None:
    models = SHARED / "models"
    students = {
        "small": str(models / "devign_student"),
        "codebert": f"codexglue:{models}/compressor_codebert_vulnerability_prediction",
        "graph": f"graphcodebert:{models}/compressor_graphcodebert_vulnerability_prediction",
    }
    command = [sys.executable, "-m", "metacompress", "check", "--quiet", "--json"]
    command += ["--task", "vulnerability-prediction", "--transform", "all", "--relation", "all"]
    command += ["--data", str(SHARED / "data/devign/test.jsonl.gz"), "--limit", str(limit)]
    command += ["--teacher", str(models / "devign_teacher"), "--run", str(run)]
    for name, model in students.items():
        command += ["--student", f"{name}={model}"]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


class Trace:
    """Chromium's trace of what one page did.

    Args:
        content: as the browser gives it.
    """

    def __init__(self, content: bytes) -> None:
        self._events: list[dict[str, Any]] = json.loads(content)["traceEvents"]

    def first_paint(self) -> float:
        """Milliseconds from the navigation to the first paint of content."""
        started = max(
            event["ts"]
            for event in self._named("navigationStart")
            if event["args"]["data"].get("documentLoaderURL", "").startswith("file:")
        )
        painted = min(
            event["ts"] for event in self._named("firstContentfulPaint") if event["ts"] > started
        )
        return (painted - started) / _MICROSECONDS

    def until_painted(self, mark: str) -> float:
        """Milliseconds from a mark of the page to the end of the next paint that follows it."""
        started = next(event["ts"] for event in self._named(mark))
        painted = min(
            event["ts"] + event.get("dur", 0)
            for event in self._named("Paint")
            if event["ts"] > started
        )
        return (painted - started) / _MICROSECONDS

    def _named(self, name: str) -> list[dict[str, Any]]:
        return [event for event in self._events if event["name"] == name]


def traced(
    browser: Browser, file: Path, wanted: str | None
) -> tuple[float, float | None, list[str]]:
    """First paint and filter in milliseconds, and the requests of one load."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    if wanted is not None:
        choose(page, wanted)
    trace = Trace(browser.stop_tracing())
    page.close()
    filtered = None if wanted is None else trace.until_painted("filter")
    return trace.first_paint(), filtered, requests


def listed_inputs(browser: Browser, file: Path) -> str:
    """How many inputs the page says that it lists, of how many."""
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("#rows tbody tr")
    listed = page.locator("#found").inner_text().partition(" inputs")[0]
    page.close()
    return listed


def choose(page: Page, relation: str) -> None:
    """Choose a relation as a reader does, with a mark in the trace where it begins."""
    page.wait_for_selector("#rows tbody tr")
    select = page.locator("#choose-relation")
    select.scroll_into_view_if_needed()
    page.evaluate(
        "document.getElementById('choose-relation').addEventListener("
        "'change', () => performance.mark('filter'), { capture: true })"
    )
    select.select_option(relation)
    page.wait_for_timeout(300)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--only-page", action="store_true")
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        run = given.run or Path(scratch) / "run"
        if given.only_page:
            command = [sys.executable, "-m", "metacompress", "report", str(run), "--json"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        else:
            study(run, given.limit)
        page = run / "report.html"
        empty = Path(scratch) / "empty.html"
        empty.write_text("<!DOCTYPE html><title>empty</title><p>nothing</p>")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=given.chromium, args=FLAGS)
            loads = [traced(browser, page, "prediction-agreement") for _ in range(given.loads)]
            listed = listed_inputs(browser, page)
            nothing = [traced(browser, empty, None) for _ in range(given.loads)]
            browser.close()
        size = page.stat().st_size
    outside = [
        url for _, _, urls in loads for url in urls if not url.startswith(("file:", "data:"))
    ]
    print(
        json.dumps(
            {
                "bytes": size,
                "inputs_listed": listed,
                "first_paint_ms": statistics.median(first for first, _, _ in loads),
                "empty_page_first_paint_ms": statistics.median(first for first, _, _ in nothing),
                "filter_ms": statistics.median(found or 0.0 for _, found, _ in loads),
                "requests_per_load": len(loads[0][2]),
                "requests_outside": outside,
            },
            indent=2,
        )
    )
    if size >= LARGEST or outside:
        raise SystemExit("the page is too large, or asks the network")


if __name__ == "__main__":
    main()
