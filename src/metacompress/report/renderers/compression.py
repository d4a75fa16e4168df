"""A finished compression."""

from __future__ import annotations

from metacompress.compression.summary import read_compression
from metacompress.report.pages.compression import compression_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.making import print_compression
from metacompress.training.run_files import RESULT

RENDERER = Renderer(RESULT, read_compression, print_compression, compression_page)
