"""Write the lock files: every package that the environments install, with the hashes of its files.

    make lock                            # under the pins of constraints.txt
    make lock ARGUMENTS=--upgrade        # pins brought up first; torch stays

``requirements-core.lock`` is what MetaCompress itself needs, ``requirements-dev.lock`` what
development needs, ``requirements-docs.lock`` what the documentation needs beside the core, and
``requirements-cuda.lock`` what torch needs beside development where pip takes it from PyPI on
Linux: the wheels with ``+cpu`` in their version need none of it. ``requirements-release.lock`` is
the environment that makes a release, which MetaCompress is not installed in. Each lists the hashes
of the wheels for Python 3.11 or newer on Linux and macOS, and of the source where there is no
wheel. pip resolves and queries its index; the files name no index.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

# Hashes of all files of a release are in pip's index pages; no command of pip prints them.
from pip._internal.commands import create_command
from pip._internal.index.collector import parse_links
from pip._internal.models.link import Link
from pip._vendor.packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from pip._vendor.packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "constraints.txt"
BUILD = ("hatchling", "editables")
CORE, DEV, DOCS = (".", *BUILD), (".[torch,search,dev]", *BUILD), (".[docs]", *BUILD)
RELEASE = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["release"]
)
TORCH = "torch==2.13.0"
# Platforms and interpreters that a lock is for; other wheels would only make it longer.
_PLATFORM = re.compile(r"any|manylinux|musllinux|linux|macosx")
_INTERPRETER = re.compile(r"py3|py2\.py3|cp31[1-9]|cp3\d?$|cp[23]")


def resolve(requirements: tuple[str, ...], *options: str, **environment: str) -> dict[str, str]:
    """Version by name of what pip would install into an empty environment."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed",
             "--report", report, *options, *requirements],
            cwd=ROOT, env={**os.environ, **environment}, check=True,
        )  # fmt: skip
        installed = json.loads(report.read_text())["install"]
    found = {canonicalize_name(one["metadata"]["name"]): one["metadata"] for one in installed}
    return {
        name: str(one["version"]).partition("+")[0]
        for name, one in sorted(found.items())
        if name != "metacompress"
    }


class Index:
    """The files of a release, as pip's index and its folders of wheels list them."""

    def __init__(self, command: Any) -> None:
        self._options, _ = command.parse_args([])
        session = command.enter_context(command._build_session(self._options))
        finder = command._build_package_finder(options=self._options, session=session)
        self._collector = finder._link_collector

    def hashes(self, name: str, version: str) -> list[str]:
        """SHA-256 of the wheels of a release; of its source where it has none that fits."""
        wheels: set[str] = set()
        sources: set[str] = set()
        for link in self._links(name):
            kind = self._kind(link.filename, name, Version(version))
            if kind is not None:
                (wheels if kind == "wheel" else sources).update(
                    link.as_hashes()._allowed.get("sha256", [])
                )
        for folder in self._options.find_links:
            for path in Path(folder).glob("*.whl") if Path(folder).is_dir() else ():
                if self._kind(path.name, name, Version(version)) == "wheel":
                    wheels.add(hashlib.sha256(path.read_bytes()).hexdigest())
        found = sorted(wheels or sources)
        if not found:
            raise SystemExit(f"{name} {version}: the index lists no file of it")
        return found

    def _links(self, name: str) -> list[Link]:
        links: list[Link] = []
        for location in self._collector.search_scope.get_index_urls_locations(name):
            page = self._collector.fetch_response(Link(location))
            links += parse_links(page) if page is not None else ()
        return [link for link in links if not link.yanked_reason]

    @staticmethod
    def _kind(filename: str, name: str, version: Version) -> str | None:
        try:
            if filename.endswith(".whl"):
                found, number, _, tags = parse_wheel_filename(filename)
                if not any(
                    _PLATFORM.match(tag.platform)
                    and _INTERPRETER.match(tag.interpreter)
                    and (tag.abi in ("none", "abi3") or tag.interpreter >= "cp311")
                    for tag in tags
                ):
                    return None
                kind = "wheel"
            elif filename.endswith(".tar.gz"):
                found, number = parse_sdist_filename(filename)
                kind = "source"
            else:
                return None
        except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
            return None
        # 2.13.0 asks for 2.13.0+cpu as well, as it does in pip.
        fits = found == name and number.public == version.public
        return kind if fits else None


def write(path: Path, versions: dict[str, str], index: Index, what: str) -> None:
    """One pinned requirement with its hashes per package."""
    lines = [f"# {what}. Written by scripts/lock.py: make lock"]
    for name, version in versions.items():
        hashes = " \\\n".join(
            f"    --hash=sha256:{digest}" for digest in index.hashes(name, version)
        )
        lines.append(f"{name}=={version} \\\n{hashes}")
    path.write_text("\n".join(lines) + "\n")


def main() -> None:
    """Resolve, look the hashes up, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="Bring the pins up first.")
    upgrade = parser.parse_args().upgrade
    if upgrade:
        pins = resolve((*DEV, *DOCS, *RELEASE, TORCH))
        PINS.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()))
    constrained = ("--constraint", str(PINS))
    everything = resolve((*DEV, TORCH), *constrained)
    # Without the folder of local wheels, and without wheels of a local version.
    published = resolve(
        (f"{TORCH},!=2.13.0+cpu",), *constrained, "--find-links", "", PIP_FIND_LINKS=""
    )
    cuda = {name: version for name, version in published.items() if name not in everything}
    core = resolve(CORE, *constrained)
    documentation = resolve(DOCS, *constrained)
    documentation = {name: one for name, one in documentation.items() if name not in core}
    release = resolve(RELEASE, *constrained)
    command: Any = create_command("download")
    with command.main_context():
        index = Index(command)
        write(ROOT / "requirements-core.lock", core, index, "For the core")
        write(ROOT / "requirements-dev.lock", everything, index, "For development and all extras")
        write(ROOT / "requirements-docs.lock", documentation, index, "For make docs")
        write(ROOT / "requirements-release.lock", release, index, "For make dist")
        write(ROOT / "requirements-cuda.lock", cuda, index, "For torch from PyPI on Linux")


if __name__ == "__main__":
    main()
