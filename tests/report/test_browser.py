from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

import metacompress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (.ci/run installs it)")
def test_the_report_reads_well_in_a_browser(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(60),
        task="vulnerability-prediction",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
    )
    page_file = tmp_path / "report.html"
    result.to_html(page_file)
    problems: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in (1200, 420):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.on("console", lambda message: problems.append(message.text))
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("request", lambda request: requests.append(request.url))
            page.goto(page_file.as_uri())
            heading = page.locator("h1").inner_text()
            assert heading.startswith("The student does not mimic the teacher")
            assert page.locator("figure svg").count() >= 8
            assert page.locator("#counterexamples details[open] tr.changed").count() > 0
            wide = "document.documentElement.scrollWidth > window.innerWidth"
            assert not page.evaluate(wide), width
        browser.close()
    assert problems == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (.ci/run installs it)")
def test_the_report_runs_no_foreign_script_and_asks_no_network(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(4),
        task="vulnerability-prediction",
        relations="prediction-agreement",
        run=tmp_path / "run",
    )
    page_file = tmp_path / "report.html"
    result.to_html(page_file)
    # What an escape that is forgotten somewhere would let in.
    hostile = (
        "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
        "<img src='http://127.0.0.1:9/leak'><link rel=stylesheet href='http://127.0.0.1:9/a.css'>"
        "<iframe src='http://127.0.0.1:9/'></iframe><form action='http://127.0.0.1:9/'></form>"
    )
    page_file.write_text(page_file.read_text().replace("<header", f"{hostile}<header", 1))
    refused: list[str] = []
    sent: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.on("console", lambda message: refused.append(message.text))
        page.on("response", lambda response: sent.append(response.url))
        page.goto(page_file.as_uri())
        title = page.title()
        browser.close()
    assert title.startswith("MetaCompress")
    assert len([text for text in refused if "Content Security Policy" in text]) >= 4
    assert [url for url in sent if url.startswith("http")] == []
