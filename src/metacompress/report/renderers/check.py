"""A finished check."""

from __future__ import annotations

from metacompress.report.html import render_html
from metacompress.report.renderer import Renderer
from metacompress.report.terminal import print_summary
from metacompress.runs.run_files import SUMMARY
from metacompress.study.check.summary import read_check

RENDERER = Renderer(SUMMARY, read_check, print_summary, render_html)
