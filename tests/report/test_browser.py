from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import paper
import pytest
from compressions import compress_summary
from playwright.sync_api import expect, sync_playwright
from repairs import repair_summary

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import CLONE_DETECTION
from metacompress.lang.language import Language
from metacompress.report.pages.compression import compression_page
from metacompress.report.pages.fidelity import likelihood_page
from metacompress.report.pages.repair import repair_page
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
AXE = Path(__file__).parents[2] / "build" / "schemas" / "axe.min.js"
# What does not end within the window.
BEYOND = (
    "[...document.querySelectorAll('main *')].filter((one) => !one.closest('svg') && "
    "one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML)"
)
PAGES = ("check", "attack", "compression", "comparison")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on this machine (.ci/run installs it)"
)


def pair(number: int) -> Example:
    text = (
        "int {}(int count)\n{{\n    int total = {};\n    for (int i = 0; i < count; i++)\n"
        "        total += i;\n    return total;\n}}\n"
    )
    programs = tuple(Program(text.format(name, number), Language.C) for name in ("one", "two"))
    identities = (f"{number}a", f"{number}b")
    return Example(f"{number}/<i>", programs, number % 2, str(number), identities)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A finished study of every kind, by kind."""
    place = tmp_path_factory.mktemp("studies")
    dataset = Dataset(CLONE_DETECTION, tuple(map(pair, range(24))))
    common: dict[str, Any] = {"task": "clone-detection", "report": False}
    transforms = {"transforms": ("rename-identifiers", "for-to-while"), "programs": "both"}
    students = {"near": "mock:?noise=0.02", "far": "mock:?seed=1"}
    looked = {"shrink": 3, "shrink_queries": 10, "locate": 2}
    check = metacompress.check(
        "mock:", students, dataset, run=place / "check", **common, **transforms, **looked
    )
    other = metacompress.check(
        "mock:", "mock:?seed=2", dataset, run=place / "other", slices=False, **common, **transforms
    )
    few = Dataset(CLONE_DETECTION, tuple(map(pair, range(6))))
    attack = metacompress.attack(
        "mock:", "mock:?seed=1", few, attacks="mhm", max_queries=8, run=place / "attack", **common
    )
    return {
        "check": check,
        "attack": attack,
        "compression": compress_summary(),
        "comparison": metacompress.compare(f"{check.run}#far", other),
    }


@pytest.fixture(scope="module")
def pages(found: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of every study, by kind."""
    place = tmp_path_factory.mktemp("pages")
    made = {kind: place / f"{kind}.html" for kind in PAGES}
    for kind in ("check", "attack", "comparison"):
        found[kind].to_html(made[kind])
    made["compression"].write_text(compression_page(RunDirectory(place), found["compression"]))
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Seen:
    """A page with everything that it complained of and asked for."""

    def __init__(self, browser: Browser, file: Path, address: str = "", **options: Any) -> None:
        self.page: Page = browser.new_page(**options)
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri() + address)
        if self.page.locator("#packed-rows").count():
            self.page.wait_for_selector("#rows tbody tr")

    def close(self) -> None:
        self.page.close()
        assert self.problems == []
        assert [url for url in self.requests if not url.startswith(("file:", "data:"))] == []


def rows(page: Page) -> int:
    return int(page.locator("#found").inner_text().split()[0].replace(",", ""))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (2560, "light")])
@pytest.mark.parametrize("kind", PAGES)
def test_every_page_reads_well(
    kind: str, width: int, scheme: Any, pages: dict[str, Path], browser: Browser
) -> None:
    seen = Seen(browser, pages[kind], viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = seen.page
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for picture in page.locator("figure svg").all():
        assert picture.get_attribute("role") == "img"
        assert picture.locator("title").first.text_content()
    for link in page.locator("nav a").all():
        target = link.get_attribute("href")
        assert page.locator(str(target)).count() == 1
    # It takes seconds, and no rule of it depends on more width.
    if AXE.exists() and width < 2560:
        opened = page.locator("#rows button[aria-expanded]")
        if opened.count():
            opened.first.click()
            page.wait_for_selector("tr.opened .input")
        page.evaluate(AXE.read_text())
        violations = page.evaluate("axe.run().then((found) => found.violations)")
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    seen.close()


def test_every_page_says_how_to_make_it_again(
    found: dict[str, Any], pages: dict[str, Path], browser: Browser
) -> None:
    commands = {
        "check": "check",
        "attack": "attack",
        "compression": "compress avatar",
        "comparison": "compare",
    }
    for kind, command in commands.items():
        seen = Seen(browser, pages[kind])
        heading = seen.page.get_by_role("heading", name="Command", exact=True)
        text = heading.locator("xpath=following::pre[1]").inner_text()
        seen.close()
        words = shlex.split(text.replace("\\\n", ""), comments=True)
        assert words[: 1 + len(command.split())] == ["metacompress", *command.split()]
        if kind == "comparison":
            assert [words[-3], words[-1]] == [
                f"{found['check'].run}#far",
                f"{found[kind].run}#student",
            ]


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: make schemas")
def test_axe_finds_what_is_wrong(pages: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page()
    page.goto(pages["comparison"].as_uri())
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run().then((found) => found.violations.map((one) => one.id))")
    page.close()
    assert found == ["color-contrast"]


def test_a_cell_of_the_heat_map_leads_to_the_inputs_that_it_counts(
    pages: dict[str, Path], browser: Browser
) -> None:
    seen = Seen(browser, pages["check"])
    page = seen.page
    everything = rows(page)
    for table in page.locator("table.heat:has(a)").all():
        table.evaluate("(one) => { one.closest('details').open = true; }")
        link = table.locator("a").last
        shown = re.fullmatch(r"(\d+) % of (\d+)", link.inner_text())
        assert shown is not None
        link.click()
        expect(page.locator("#choose-relation")).not_to_have_value("")
        expect(page.locator("#found")).not_to_have_text(re.compile(f"^{everything} of"))
        assert f"{100 * rows(page) / int(shown[2]):.0f}" == shown[1]
        page.get_by_role("button", name="Clear").click()
        expect(page.locator("#found")).to_have_text(re.compile(f"^{everything} of"))
    assert rows(page) == everything
    seen.close()


def test_inputs_are_sorted_searched_and_linked(pages: dict[str, Path], browser: Browser) -> None:
    seen = Seen(browser, pages["check"])
    page = seen.page
    page.get_by_role("button", name="gap", exact=True).click()
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("gap")
    place = page.locator("#rows thead th").all_inner_texts().index("gap ▼".strip(" ▼"))
    gaps = page.locator(f"#rows tbody td:nth-child({place + 1})").all_inner_texts()
    assert len(gaps) > 5
    assert gaps == sorted(gaps, reverse=True)
    page.locator("#search").fill("INT two(int")
    expect(page.locator("#found")).to_have_text(re.compile("^[1-9]"))
    page.locator("#search").fill("no such text")
    expect(page.locator("#found")).to_have_text(re.compile("^0 of"))
    page.get_by_role("button", name="Clear").click()
    address = page.locator("#rows a.anchor").nth(3).get_attribute("href")
    name = page.locator("#rows button[aria-expanded]").nth(3).inner_text()
    seen.close()
    linked = Seen(browser, pages["check"], str(address))
    linked.page.wait_for_selector("tr.opened .input")
    assert linked.page.evaluate("document.activeElement.textContent") == name
    shown = linked.page.locator("tr.opened")
    assert "First program" in shown.inner_text()
    assert "Second program" in shown.inner_text()
    assert {"near", "far", "teacher"} <= set(shown.locator("th").all_inner_texts())
    assert "violates" in shown.inner_text()
    linked.close()


def test_a_comparison_lists_what_is_newly_violated_first(
    pages: dict[str, Path], browser: Browser
) -> None:
    seen = Seen(browser, pages["comparison"])
    page = seen.page
    place = page.locator("#rows thead th").all_inner_texts().index("outcome")
    outcomes = page.locator(f"#rows tbody td:nth-child({place + 1})").all_inner_texts()
    assert outcomes[0] == "newly violated"
    assert len(set(outcomes)) > 1
    page.locator("#choose-outcome").select_option("no longer violated")
    page.locator("#rows button[aria-expanded]").first.click()
    opened = page.locator("tr.opened .input")
    expect(opened).to_contain_text("baseline violates")
    seen.close()


def test_a_variant_is_shown_with_the_tokens_that_differ(
    pages: dict[str, Path], browser: Browser
) -> None:
    seen = Seen(browser, pages["check"], "#inputs?transformation=for-to-while")
    page = seen.page
    page.locator("#rows button[aria-expanded]").first.click()
    changed = page.locator("tr.opened table.diff").first.locator("tr.changed td.new b")
    changed.first.wait_for()
    assert any("while" in text for text in changed.all_inner_texts())
    # The same program as in the part of the page that runs no script.
    static = page.locator("#counterexamples table.diff td.new b")
    assert static.count() > 0
    page.get_by_role("button", name=re.compile("equal line")).first.click()
    assert page.locator("tr.opened table.diff").first.locator("td.old").count() >= 6
    seen.close()


def test_a_variant_leads_to_its_smallest_form_and_to_where_it_parts(
    found: dict[str, Any], pages: dict[str, Path], browser: Browser
) -> None:
    location = found["check"].summary.location
    first = location.counterexamples[0].counterexample
    seen = Seen(browser, pages["check"])
    page = seen.page
    page.locator("#search").fill(first.id)
    expect(page.locator("#found")).to_have_text(re.compile("^1 of "))
    page.locator(f"#rows button[aria-expanded]:text-is('{first.id}')").first.click()
    opened = page.locator("tr.opened .input")
    for name in ("shrunk", "located"):
        summary = page.locator(f"#{name}-0")
        summary.evaluate("(one) => { one.parentElement.open = false; }")
        opened.locator(f"a[href='#{name}-0']").click()
        expect(summary).to_be_focused()
        shown = summary.locator("xpath=..")
        assert shown.get_attribute("open") is not None
        assert first.id in summary.inner_text()
        assert first.relation in summary.inner_text()
    sizes = found["check"].summary.shrinking.counterexamples[0]
    smallest = page.locator("#shrunk details").first.inner_text()
    assert f"{sizes.edits} of {sizes.edits_before} edit" in smallest
    assert "variant" in smallest
    # Every tinted token is of an edit, and the darkest is of the largest share.
    pieces = [
        {
            line.strip()
            for place in edit.variant
            for line in first.variant[place.program][place.start : place.end].split("\n")
        }
        for edit in first.location.by_edits.edits
    ]
    tinted = page.locator("#located details").first.locator("table.tinted")
    assert set(tinted.locator("mark").all_inner_texts()) <= set().union(*pieces)
    assert set(tinted.locator("mark.s9").all_inner_texts()) >= pieces[0] - {""}
    assert page.locator("#counterexamples a[href^='#shrunk-']").count() > 0
    seen.close()


def test_the_keyboard_reaches_everything(pages: dict[str, Path], browser: Browser) -> None:
    seen = Seen(browser, pages["check"])
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the results"
    first = page.locator("table.heat a").first
    first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('table.heat') !== null")
    assert not first.evaluate("(link) => link === document.activeElement")
    page.keyboard.press("Enter")
    expect(page.locator("#inputs-title")).to_be_focused()
    assert page.locator("#choose-relation").input_value() != ""
    page.locator("#rows button[aria-expanded]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.opened .input")
    seen.close()


@pytest.mark.parametrize("kind", PAGES)
def test_paper_has_all_that_the_screen_has(
    kind: str, pages: dict[str, Path], browser: Browser
) -> None:
    seen = Seen(browser, pages[kind])
    page = seen.page
    page.evaluate(
        "addEventListener('beforeprint', () => { window.onPaper = ["
        "document.querySelectorAll('main details:not([open])').length,"
        "document.querySelectorAll('#rows tbody tr[data-key]').length]; })"
    )
    pdf = page.pdf(prefer_css_page_size=True)
    closed, listed = page.evaluate("window.onPaper")
    assert closed == 0
    if page.locator("#rows").count():
        assert listed == rows(page)
        assert page.locator("#rows tr.on-paper").count() == 0
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 1
    # 273 mm: nothing may be cut off at the edge of the paper, or wait to be scrolled to.
    page.set_viewport_size({"width": 1032, "height": 700})
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(BEYOND) == []
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 33, 41)"
    seen.close()


LEVEL = {"value": 1.0, "low": 0.9, "high": 1.1}
LINES = {**dict.fromkeys(("mean", "median", "p95", "p99"), LEVEL), "max": 1.0}
BITS = {**dict.fromkeys(("teacher", "student", "difference"), LEVEL), "line_difference": LINES}


def test_long_names_and_many_columns_stay_on_screen_and_paper(
    browser: Browser, tmp_path: Path
) -> None:
    long = "x" * 300
    run = RunDirectory(tmp_path)
    run.write_json(ENVIRONMENT, environment(Stopwatch(), {}))
    dimensions = {f"attention_dropout_{number}": 0.5 for number in range(16)}
    objectives = {"gflops": 0.1, "accuracy": 0.6}
    steps = [{"kept": [long], "violations": 0.1, "passes": True, "bytes": 9}]
    sizes = {"bytes_before": 4, "bytes": 9, "bytes_teacher": 9}
    config = {"confidence": 0.95, "teacher": long, "student": {long: long}, "data": {"path": long}}
    bits = {"lines": 9, "bytes": 99, "correlation": None, **BITS}
    likelihoods = {"fingerprints": {}, "students": {long: {"sources": bits, "follow_ups": None}}}
    made = {
        "repair": repair_page(
            run,
            repair_summary(
                "precision",
                task=long,
                precision={"tensors": 1, "kept": [long], "steps": steps, **sizes},
            ),
        ),
        "compression": compression_page(
            run,
            compress_summary(front=[{"configuration": dimensions, "objectives": objectives}]),
        ),
        "likelihood": likelihood_page(
            run, LikelihoodSummary.model_validate({**likelihoods, "config": config})
        ),
    }
    for name, text in made.items():
        (tmp_path / f"{name}.html").write_text(text)
        seen = Seen(browser, tmp_path / f"{name}.html", viewport={"width": 390, "height": 900})
        assert not seen.page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
        seen.page.set_viewport_size({"width": 1032, "height": 700})
        seen.page.emulate_media(media="print")
        assert seen.page.evaluate(BEYOND) == [], name
        seen.close()


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext on this machine (.ci/run installs it)"
)
@pytest.mark.parametrize("kind", PAGES)
def test_a_printed_page_says_what_the_study_found(
    kind: str,
    found: dict[str, Any],
    pages: dict[str, Path],
    browser: Browser,
    tmp_path: Path,
) -> None:
    seen = Seen(browser, pages[kind])
    seen.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    seen.close()
    text = paper.text_of(tmp_path / "page.pdf")
    rows_of = {
        "check": paper.rows_of_check,
        "attack": paper.rows_of_attack,
        "compression": paper.rows_of_compression,
        "comparison": paper.rows_of_comparison,
    }[kind]
    expected = list(rows_of(found[kind]))
    assert len(expected) > 2
    assert [one for one in expected if paper.without_space(one) not in text] == []
    if kind == "check":
        listed = paper.listed_inputs(text)
        violations = paper.violations_of(found[kind])
        assert len(listed) == len(violations) > 20
        for (name, made_by), told in violations.items():
            begins = paper.without_space(name + made_by)
            (piece,) = [one for one in listed if one.startswith(begins)]
            assert [one for one in told if paper.without_space(one) not in piece] == []


def test_no_foreign_script_runs_and_no_network_is_asked(
    pages: dict[str, Path], browser: Browser, tmp_path: Path
) -> None:
    # What an escape that is forgotten somewhere would let in.
    hostile = (
        "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
        "<img src='http://127.0.0.1:9/leak'><link rel=stylesheet href='http://127.0.0.1:9/a.css'>"
        "<iframe src='http://127.0.0.1:9/'></iframe><form action='http://127.0.0.1:9/'></form>"
    )
    file = tmp_path / "hostile.html"
    file.write_text(pages["check"].read_text().replace("<header", f"{hostile}<header", 1))
    page = browser.new_page()
    refused: list[str] = []
    sent: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("response", lambda response: sent.append(response.url))
    page.goto(file.as_uri())
    title = page.title()
    page.close()
    assert title.startswith("MetaCompress")
    assert len([text for text in refused if "Content Security Policy" in text]) >= 4
    assert [url for url in sent if url.startswith("http")] == []


def test_without_a_script_the_verdict_and_the_worst_inputs_are_there(
    pages: dict[str, Path], browser: Browser
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(pages["check"].as_uri())
    text = page.locator("main").inner_text()
    page.close()
    assert "does not mimic" in text or "shown to mimic" in text
    assert "violations.parquet in the run directory holds all of it" in text
    assert "First program" in text
