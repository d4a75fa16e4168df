import sys
from itertools import accumulate


def slide(window: str, c: str) -> str:
    _, found, kept = window.rpartition(c)
    return (kept if found else window) + c


def windows(line: str):
    return accumulate(line, slide, initial="")


lines = sys.stdin.read().splitlines() or [""]
print(max(map(len, windows(lines[0]))))
