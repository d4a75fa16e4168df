"""A finished check."""

from __future__ import annotations

from metacompress.report.ci.checks import write_check_files
from metacompress.report.pages.check import check_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.check import print_summary
from metacompress.runs.run_files import SUMMARY
from metacompress.study.check.summary import read_check

RENDERER = Renderer(SUMMARY, read_check, print_summary, check_page, write_check_files)
