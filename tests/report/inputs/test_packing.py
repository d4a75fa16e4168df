from __future__ import annotations

import base64
import gzip
import json
import random
from typing import Any

import pytest

from metacompress.report.inputs.packing import pack
from metacompress.report.inputs.shown import ShownInput, ShownInputs, ShownSource, Violation

# Text that does not compress to nothing.
NOISE = random.Random(0)


def source(number: int) -> ShownSource:
    words = " ".join(str(NOISE.random()) for _ in range(40))
    probabilities = {"teacher": [0.2, 0.8], "student": [0.6, 0.4]}
    program = f"int f()\n{{\n{words};\n}}"
    return ShownSource(str(number), "safe", "c", ["loops"], probabilities, [program])


def shown(count: int) -> ShownInputs:
    inputs = []
    for number in range(count):
        of = source(number)
        inputs.append(
            ShownInput(
                f"follow_ups/{number}~x",
                f"{number}~x",
                of,
                {"inputs": "follow-up", "transformation": "x"},
                {"teacher": [0.1, 0.9], "student": [0.55, 0.45]},
                [f"{of.programs[0]}\n// {number}"],
                [Violation("student", "prediction-agreement", 0.45)],
            )
        )
    return ShownInputs(["teacher", "student"], ["safe", "vulnerable"], inputs, count + 5)


def unpacked(text: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(text)))


def test_a_page_that_has_room_holds_everything() -> None:
    inputs = shown(20)
    packed = pack(inputs, 1_000_000)
    assert (packed.found, packed.listed, packed.with_programs) == (25, 20, 20)
    rows = unpacked(packed.rows)
    assert rows["inputs"]["ids"] == [one.id for one in inputs.inputs]
    assert rows["inputs"]["probabilities"][3] == [[100, 900], [550, 450]]
    assert rows["inputs"]["violations"][0] == [0, 0, 0.45]
    entry = unpacked(packed.programs)["7"]
    assert entry["programs"] == list(inputs.inputs[7].source.programs)
    assert entry["of"]["7"] == [[[4, 0, ["// 7"]]]]
    assert packed == pack(inputs, 1_000_000)


@pytest.mark.parametrize("room", [20_000, 6_000, 1_500])
def test_what_does_not_fit_is_left_out_from_the_end_programs_first(room: int) -> None:
    inputs = shown(200)
    packed = pack(inputs, room)
    assert len(packed.rows) + len(packed.programs) <= room
    assert packed.with_programs <= packed.listed <= 200
    kept = unpacked(packed.rows)["inputs"]["ids"]
    assert kept == [one.id for one in inputs.inputs[: packed.listed]]
    assert list(unpacked(packed.programs)) == [str(k) for k in range(packed.with_programs)]
    if packed.listed < 200:
        assert packed.with_programs == 0


def test_an_input_that_is_too_long_for_a_page_is_listed_without_its_programs() -> None:
    inputs = shown(3)
    long = ShownSource("long", None, "c", [], source(0).probabilities, ["x" * 100_000])
    one = ShownInput("sources/long", "long", long, {"inputs": "source"}, {}, long.programs)
    packed = pack(ShownInputs(inputs.models, inputs.labels, [one, *inputs.inputs], 4), 1_000_000)
    assert (packed.listed, packed.with_programs) == (4, 3)
    assert list(unpacked(packed.programs)) == ["1", "2", "3"]


def test_no_text_hides_or_turns_round_what_a_page_shows() -> None:
    trojan = "if (a) {\r\n/* \u202e } \u2066if (admin)\u2069 */\x0c\r\n}\r"
    of = ShownSource("a\u202eb", "l\x1b[31m", "c", [], source(0).probabilities, [trojan])
    variant = trojan.replace("admin", "other")
    one = ShownInput(
        "follow_ups/a\u202eb~x",
        "a\u202eb~x",
        of,
        {"inputs": "follow-up"},
        of.probabilities,
        [variant],
    )
    packed = pack(ShownInputs(["teacher", "student"], ["l\x1b[31m"], [one], 1), 1_000_000)
    rows, programs = unpacked(packed.rows), unpacked(packed.programs)
    assert rows["inputs"]["ids"] == [r"a\u202eb~x"]
    assert rows["labels"] == [r"l\x1b[31m"]
    shown = r"/* \u202e } \u2066if (admin)\u2069 */\x0c"
    assert programs["0"]["programs"] == [f"if (a) {{\n{shown}\n}}"]
    assert programs["0"]["of"]["0"] == [[[1, 1, [shown.replace("admin", "other")]]]]
