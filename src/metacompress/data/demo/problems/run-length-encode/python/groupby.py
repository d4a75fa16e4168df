import sys
from itertools import groupby


def encode(text):
    pieces = []
    for ch, run in groupby(text):
        length = sum(1 for _ in run)
        pieces.append(f"{length}{ch}")
    return "".join(pieces)


if __name__ == "__main__":
    line = sys.stdin.readline()
    print(encode(line.rstrip("\n")))
