import sys
from itertools import accumulate


def slide(window: str, c: str) -> str:
    _, found, kept = window.rpartition(c)
    return (kept if found else window) + c


def substring_windows(line: str):
    return accumulate(line, slide, initial="")


lines = sys.stdin.read().splitlines() or [""]
print(max(map(len, substring_windows(lines[0]))))
