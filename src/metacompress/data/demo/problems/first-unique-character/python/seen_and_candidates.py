import sys


def read_line():
    for line in sys.stdin:
        return line
    return ""


def first_unique(line):
    candidates = {}          # insertion order is reading order
    spoiled = set()
    for c in line.replace(" ", "").strip():
        if c in spoiled:
            continue
        if c in candidates:
            del candidates[c]
            spoiled.add(c)
        else:
            candidates[c] = True
    return next(iter(candidates), "-")


print(first_unique(read_line()))
