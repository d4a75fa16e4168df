import sys
from collections import deque


def wheel(letters):
    ring = deque(letters)
    ring.rotate(-3)
    return dict(zip(letters, ring))


def encode_caesar(line):
    code = wheel("abcdefghijklmnopqrstuvwxyz")
    result = []
    for c in line:
        new = code.get(c.lower(), c)
        result.append(new.upper() if c.isupper() else new)
    return result


if __name__ == "__main__":
    lines = sys.stdin.read().splitlines()
    first = lines[0] if lines else ""
    print(*encode_caesar(first), sep="")
