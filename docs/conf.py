"""Sphinx settings of the documentation site: ``make docs`` builds it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
# The generator of the reference lies beside this file; the package is read where it stands.
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import metacompress  # noqa: E402
from metacompress.extras import EXTRAS  # noqa: E402

project = "MetaCompress"
version = release = metacompress.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["generator"]

# Headings can be linked as on GitHub: page.md#some-heading.
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

# Packages of the extras are stood in for, installed or not: the pages are the same everywhere.
autodoc_mock_imports = [*EXTRAS, "pytest"]
autodoc_typehints = "none"  # the docstrings say what values may be, in words
autodoc_member_order = "bysource"
autodoc_use_legacy_class_based = False
napoleon_numpy_docstring = False
napoleon_attr_annotations = False

html_theme = "furo"
html_title = f"MetaCompress {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
# A summary of a found page is fetched, which browsers forbid for pages that are opened as files.
html_show_search_summary = False


def setup(app: Sphinx) -> None:
    """Write the reference pages before any page is read."""
    app.connect("builder-inited", _write_reference)


def _write_reference(app: Sphinx) -> None:
    import scipy.stats  # noqa: F401  # while it is imported, it asks for types of torch
    from sphinx.ext.autodoc.mock import mock

    from generator import write_reference

    with mock(autodoc_mock_imports):
        write_reference(Path(app.srcdir) / "reference")
