"""A finished study of next-token fidelity."""

from __future__ import annotations

from metacompress.report.fidelity import print_fidelity
from metacompress.report.pages.fidelity import fidelity_page
from metacompress.report.renderer import Renderer
from metacompress.runs.run_files import SUMMARY
from metacompress.study.fidelity.summary import read_fidelity

RENDERER = Renderer(SUMMARY, read_fidelity, print_fidelity, fidelity_page)
