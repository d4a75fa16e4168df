"""Make one data set of functions in several languages, with the language as their label.

python data.py functions.jsonl java=bigclonebench/functions.jsonl.gz c=devign/test.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path


def write_functions(out: Path, **sources: Path) -> None:
    """Write the functions of several files.

    Args:
        out: file of JSON lines with ``id``, ``func``, ``language`` and ``label``.
        **sources: by language, JSON lines with ``idx`` and ``func``, compressed or not.
    """
    with out.open("w", encoding="utf-8") as file:
        for language, source in sources.items():
            opened = gzip.open if source.suffix == ".gz" else open
            with opened(source, "rt", encoding="utf-8") as rows:
                for row in map(json.loads, rows):
                    kept = {
                        "id": f"{language}-{row['idx']}",
                        "func": row["func"],
                        "language": language,
                        "label": language,
                    }
                    file.write(json.dumps(kept) + "\n")


if __name__ == "__main__":
    pairs = (text.split("=", 1) for text in sys.argv[2:])
    write_functions(Path(sys.argv[1]), **{language: Path(path) for language, path in pairs})
