from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("core", "dev", "docs", "release", "cuda")


def pins(path: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", path.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed_and_no_index_is_named(lock: str) -> None:
    text = (ROOT / f"requirements-{lock}.lock").read_text()
    requirement = r"[a-z0-9-]+==[\w.]+(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.fullmatch(rf"#[^\n]*\n(?:{requirement})+", text)
    assert "//" not in text


def test_locks_hold_the_versions_of_the_constraints() -> None:
    versions = pins(ROOT / "constraints.txt")
    core, dev, docs, release = (pins(ROOT / f"requirements-{lock}.lock") for lock in LOCKS[:4])
    assert dev | docs | release == versions
    assert core.items() <= dev.items()
    assert not core.keys() & docs.keys()
    assert not pins(ROOT / "requirements-cuda.lock").keys() & versions.keys()


def test_the_page_of_licences_lists_every_package_that_the_locks_install() -> None:
    page = (ROOT / "docs/reference/licences.md").read_text()
    rows = re.findall(r"^\| \[?([a-z0-9-]+)\S* \| (\S+) \| \S", page, flags=re.MULTILINE)
    assert dict(rows) == {"package": "version"} | pins(ROOT / "requirements-dev.lock")
