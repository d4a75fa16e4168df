"""A session of atheris over a group of readers: coverage of our code guides the mutations.

    python benchmarks/hostile/fuzzing.py --group data --seed 0 --inputs 60 --models DIR --out FILE

An input is two bytes that choose the reader and one of its files, and then that file's content.
Half of the mutations go on from what was new to the code, the others begin with a valid file of
the reader that has met the fewest inputs. One JSON object per input is written to FILE.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["metacompress"]):
    import metacompress.data.loading
    import metacompress.models.backends.codexglue
    import metacompress.models.backends.onnx
    import metacompress.models.backends.recorded
    import metacompress.models.backends.transformers  # noqa: F401
from meeting import meet
from mutating import mutated
from readers import Reader, data_readers, model_readers

_HEAD = 2
_CRASHED = "the input that the process died of"


class Session:
    """Inputs of one process.

    Args:
        readers: that inputs go to.
        folder: the files of the present input.
        out: takes an outcome per input.
        inputs: how many hostile inputs end the session.
        name: of the trial.
    """

    def __init__(
        self, readers: list[Reader], folder: Path, out: Path, inputs: int, name: str
    ) -> None:
        self._readers = readers
        self._folder = folder
        self._out = out.open("a", encoding="utf-8")
        self._inputs = inputs
        self._name = name
        self._met: Counter[int] = Counter()
        self._valid = set(self.valid_inputs())

    def valid_inputs(self) -> list[bytes]:
        """The valid files of every reader."""
        return [
            bytes((number, place)) + content
            for number, reader in enumerate(self._readers)
            for place, content in enumerate(reader.files.values())
        ]

    def mutate(self, data: bytes, most: int, seed: int) -> bytes:
        """The next input; called by libFuzzer."""
        rng = random.Random(seed)
        if len(data) <= _HEAD or rng.random() < 0.5:
            number = min(range(len(self._readers)), key=lambda one: self._met[one])
            files = self._readers[number].files
            place = rng.randrange(len(files))
            data = bytes((number, place)) + list(files.values())[place]
        _reader, file, content = self._parts(data)
        return (data[:_HEAD] + mutated(file, content, rng))[:most]

    def meet(self, data: bytes) -> None:
        """Give one input to its reader; called by libFuzzer."""
        if len(data) < _HEAD:
            return
        reader, file, content = self._parts(data)
        # Should the process die, its last line says of what.
        self._say({"trial": f"{self._name} {reader.name} {file}", "died": _CRASHED})
        outcome = meet(reader, {file: content}, self._folder, f"{self._name} {reader.name} {file}")
        valid = data in self._valid
        if valid and outcome.refused:
            raise SystemExit(f"{reader.name}: refuses its own valid files")
        self._met[data[0] % len(self._readers)] += not valid
        self._say({**outcome.as_row(), "hostile": not valid})
        if outcome.faults:
            found = Path(self._out.name).with_suffix("") / f"{sum(self._met.values())}-{file}"
            found.parent.mkdir(exist_ok=True)
            found.write_bytes(content)
        if sum(self._met.values()) >= self._inputs:
            # libFuzzer has no other way to end after a number of inputs of our counting.
            shutil.rmtree(self._folder.parent, ignore_errors=True)
            os._exit(0)

    def _parts(self, data: bytes) -> tuple[Reader, str, bytes]:
        reader = self._readers[data[0] % len(self._readers)]
        names = list(reader.files)
        return reader, names[data[1] % len(names)], data[_HEAD:]

    def _say(self, row: dict[str, Any]) -> None:
        self._out.write(json.dumps(row) + "\n")
        self._out.flush()


def main() -> None:
    """Run a session."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--group", choices=["data", "models"], required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inputs", type=int, default=60)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    if asked.group == "data":
        readers = data_readers()
    else:
        published = asked.models / "published"
        readers = model_readers(
            asked.models / "transformers",
            asked.models / "onnx",
            published if published.is_dir() else None,
        )
    scratch = Path(tempfile.mkdtemp(prefix="hostile-"))
    session = Session(
        readers, scratch / "input", asked.out, asked.inputs, f"{asked.group}-{asked.seed}/"
    )
    corpus = scratch / "corpus"
    corpus.mkdir()
    for number, data in enumerate(session.valid_inputs()):
        (corpus / str(number)).write_bytes(data)
    options = [f"-seed={asked.seed + 1}", "-max_len=4000000", "-rss_limit_mb=0", "-verbosity=0"]
    options += [f"-artifact_prefix={scratch}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], session.meet, custom_mutator=session.mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
