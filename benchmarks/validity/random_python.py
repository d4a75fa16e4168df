"""Print so many random Python programs, as a JSON list: python random_python.py COUNT.

What hypothesmith makes is a statement or two, so each program is made of several: every other one
as it was made, the rest in the usual layout.
"""

from __future__ import annotations

import ast
import json
import sys
import warnings

import hypothesmith
from hypothesis import HealthCheck, Phase, given, seed, settings

_STATEMENTS = 6


def main() -> None:
    count = int(sys.argv[1]) * _STATEMENTS
    found: dict[str, None] = {}

    @seed(0)
    @settings(
        max_examples=4 * count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hypothesmith.from_node())
    def collect(text: str) -> None:
        if len(text) > 20 and len(found) < count and "__future__" not in text:
            found[text] = None

    warnings.simplefilter("ignore")
    collect()
    texts = list(found)
    programs = []
    for start in range(0, len(texts), _STATEMENTS):
        parts = texts[start : start + _STATEMENTS]
        if start // _STATEMENTS % 2:
            parts = [ast.unparse(ast.parse(part)) for part in parts]
        programs.append("\n".join(parts) + "\n")
    print(json.dumps(programs))


if __name__ == "__main__":
    main()
