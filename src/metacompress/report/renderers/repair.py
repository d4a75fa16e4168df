"""A finished repair."""

from __future__ import annotations

from metacompress.repairing.summary import read_repair
from metacompress.report.pages.repair import repair_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.repair import print_repair
from metacompress.runs.run_files import SUMMARY

RENDERER = Renderer(SUMMARY, read_repair, print_repair, repair_page)
