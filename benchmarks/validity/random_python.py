"""Print so many random Python programs, as a JSON list: python random_python.py COUNT."""

from __future__ import annotations

import json
import sys
import warnings

import hypothesmith
from hypothesis import HealthCheck, Phase, given, seed, settings


def main() -> None:
    count = int(sys.argv[1])
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
        if len(text) > 30 and len(found) < count:
            found[text] = None

    warnings.simplefilter("ignore")
    collect()
    print(json.dumps(list(found)))


if __name__ == "__main__":
    main()
