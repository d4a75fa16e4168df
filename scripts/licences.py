"""List the licences of everything that the lock files install, as a page of the documentation.

    make licences

pip-licenses reads what the packages state. A licence that is not known to be compatible with
Apache-2.0 ends the script with status 1, and nothing is written.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/licences.md"
# Read where a package states the text of its licence in place of its name.
_MIT = "Permission is hereby granted, free of charge"
# Names as packages state them. The weak copyleft of MPL and LGPL binds changes to the package
# itself; MetaCompress changes none and ships none.
_COMPATIBLE = re.compile(
    r"(MIT|BSD|0BSD|Apache|ISC|Mozilla Public|MPL|Python Software Foundation|PSF|LGPL|Zlib|CC0|BSL"
    r"|CNRI|HPND|3-Clause BSD|Unlicense)"
)
_HEAD = """\
# Licences

MetaCompress is under Apache-2.0. It contains none of these packages; pip installs them. The core
needs the first table, the extras and development the second. `make licences` writes this page from
what the installed packages state, and fails on a licence that it does not know as compatible.
"""


def pinned(lock: str) -> list[str]:
    """Names in a lock file, normalised."""
    text = (ROOT / f"requirements-{lock}.lock").read_text()
    return [normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE)]


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stated(python: Path) -> dict[str, tuple[str, str, str]]:
    """Version, licence and address of the packages of an environment, by name."""
    command = ["pip-licenses", "--python", python, "--from=mixed", "--format=json",
               "--with-urls", "--with-system"]  # fmt: skip
    found = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return {
        normal(one["Name"]): (one["Version"].partition("+")[0], one["License"], one["URL"])
        for one in json.loads(found.stdout)
    }


def main() -> None:
    """Write the page, or say which licence is in doubt."""
    installed = stated(ROOT / ".venv/bin/python")
    core = pinned("core")
    others = [name for name in pinned("dev") if name not in core]
    doubts, tables = [], []
    for title, names in (("Core", core), ("Extras and development", others)):
        rows = [f"## {title}", "", "| package | version | licence |", "|---|---|---|"]
        for name in names:
            if name not in installed:
                sys.exit(f"{name}: not installed; run make setup")
            version, licence, address = installed[name]
            shown = "MIT" if _MIT in licence else licence.splitlines()[0]
            parts = re.split(r" AND ", shown)
            if not all(_COMPATIBLE.match(part) for part in parts):
                doubts.append(f"{name} {version}: {shown}")
            linked = f"[{name}]({address})" if address.startswith("http") else name
            rows.append(f"| {linked} | {version} | {shown} |")
        tables.append("\n".join(rows))
    if doubts:
        sys.exit("\n".join(["not known to be compatible with Apache-2.0:", *doubts]))
    PAGE.write_text("\n".join([_HEAD, "\n\n".join(tables), ""]))


if __name__ == "__main__":
    main()
