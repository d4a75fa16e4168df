"""The charts of a report, as SVG text, one kind a module; the same data give the same bytes."""
