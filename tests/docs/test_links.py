from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
GENERATED = ROOT / "docs/reference/generated"  # written, and its links checked, by make docs
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_TREE = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_MENTION = re.compile(r"\bdocs/[\w./-]+\.md\b")


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a page, as GitHub and MyST make them."""
    headings = _HEADING.findall(_FENCE.sub("", text))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path, text: str) -> list[str]:
    """The links of a page to a file or heading that does not exist."""
    found = []
    for link in _LINK.findall(_FENCE.sub("", text)):
        if re.match(r"https?://", link):
            continue
        name, _, anchor = link.partition("#")
        aim = (page.parent / name).resolve() if name else page
        if GENERATED in aim.parents:
            continue
        content = text if aim == page else aim.read_text() if aim.is_file() else None
        if content is None or (anchor and anchor not in anchors(content)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert broken(page, page.read_text()) == []


def test_a_broken_link_is_found() -> None:
    text = "# One\n[a](#one) [b](#two) [c](README.md) [d](gone.md) [e](README.md#install) [f](x#y)"
    assert broken(ROOT / "page.md", text) == ["#two", "gone.md", "x#y"]


@pytest.mark.parametrize("folder", ["src", "benchmarks", "scripts", "recipes", "tests"])
def test_pages_that_the_code_names_exist(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".toml"}]
    named = {name for path in files for name in _MENTION.findall(path.read_text(errors="ignore"))}
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_every_page_of_the_site_is_in_its_navigation() -> None:
    docs = ROOT / "docs"
    listed = set()
    for index in (docs / "index.md", docs / "reference/index.md"):
        for tree in _TREE.findall(index.read_text()):
            entries = [line for line in tree.splitlines() if line and not line.startswith(":")]
            listed |= {index.parent / f"{entry}.md" for entry in entries}
    pages = {page for page in docs.rglob("*.md") if GENERATED not in page.parents}
    assert pages - listed == {docs / "index.md"}
