from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.report.charts.drawing import INK, STYLE, svg
from metacompress.report.charts.vector import unique_ids


def drawn() -> str:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(3, 2))
        axes = figure.subplots()
        axes.plot([0, 1], [0.12345, 0.5], color=INK, label="a < b")
        axes.set_yticks([0.0125, 0.25], ["0.0125", "1e-05"])
        axes.set_xlabel("eps = 0.0123")
        axes.legend()
        return svg(figure, "Rate & <cost>")


def test_a_picture_has_a_role_and_a_title_and_is_whole() -> None:
    root = ET.fromstring(drawn())
    assert root.get("role") == "img"
    title = root[0]
    assert title.tag.endswith("title")
    assert title.text == "Rate & <cost>"
    ids = {one.get("id") for one in root.iter()} - {None}
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', drawn()))
    assert used == ids


def test_numbers_that_a_reader_sees_keep_their_digits() -> None:
    texts = [one.text for one in ET.fromstring(drawn()).iter() if one.tag.endswith("text")]
    assert {"0.0125", "1e-05", "eps = 0.0123", "a < b"} <= set(texts)


def test_colours_are_those_of_the_page_and_work_without_one() -> None:
    assert f"var(--ink, {INK})" in drawn()
    assert not re.search(r"(?:stroke|fill): #(?:000000|ffffff)", drawn())


def test_the_ids_of_two_pictures_in_a_page_differ() -> None:
    first, second = unique_ids(drawn(), "a"), unique_ids(drawn(), "b")
    for one, prefix in ((first, "a"), (second, "b")):
        assert set(re.findall(r'\bid="(\w+)-', one)) == {prefix}
        assert set(re.findall(r'(?:href="|url\()#(\w+)-', one)) == {prefix}
