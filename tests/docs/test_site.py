"""The built site, in a browser; only where ``make docs`` has installed its generator."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

pytest.importorskip("sphinx", reason="make docs installs it")

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PAGES = ("index", "results", "reference/generated/settings", "reference/generated/commands")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as ``make docs`` builds it, from a copy."""
    directory = tmp_path_factory.mktemp("site")
    ignored = shutil.ignore_patterns("generated", "__pycache__")
    # Guides include examples.
    for folder in ("docs", "examples"):
        shutil.copytree(ROOT / folder, directory / folder, ignore=ignored)
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet",
         "--builder", "html", "docs", "out"],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return directory / "out"


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    loaded = re.compile(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//[^"]*""")
    for page in site.rglob("*.html"):
        assert loaded.findall(page.read_text()) == [], page
    styles = "".join(style.read_text() for style in site.rglob("*.css"))
    assert not re.search(r"url\(['\"]?(?:https?:)?//|@import", styles)


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (.ci/run installs it)")
@pytest.mark.parametrize("width", [390, 1280, 2560])
def test_pages_fit_and_are_found(site: Path, width: int) -> None:
    requests: list[str] = []
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: problems.append(message.text))
        for name in PAGES:
            page.goto((site / f"{name}.html").as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            assert not wide, name
        # The search works on pages that are opened as files.
        page.goto(f"{(site / 'search.html').as_uri()}?q=metropolis")
        found = page.locator("#search-results li a").first.inner_text()
        browser.close()
    assert found
    assert problems == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
