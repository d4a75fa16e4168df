import sys
from typing import Iterator


def characters() -> Iterator[str]:
    while True:
        c = sys.stdin.read(1)
        if c in ("", "\n"):
            return
        yield c


def tokens_run_length(source: Iterator[str]) -> Iterator[str]:
    last, seen = None, 0
    for c in source:
        if last is not None and c != last:
            yield "%d%s" % (seen, last)
            seen = 0
        last = c
        seen += 1
    # whatever is still open when the input ends
    if seen:
        yield "%d%s" % (seen, last)


print(*tokens_run_length(characters()), sep="")
