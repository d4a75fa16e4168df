import sys
from collections import defaultdict


def most_common_letter(line):
    """Move every letter one level up each time it is met."""
    level = {}
    floors = defaultdict(set)
    for ch in line:
        if not ("a" <= ch <= "z" or "A" <= ch <= "Z"):
            continue
        ch = ch.lower()
        old = level.get(ch, 0)
        floors[old].discard(ch)
        floors[old + 1].add(ch)
        level[ch] = old + 1
    return floors


if __name__ == "__main__":
    rows = sys.stdin.read().splitlines()
    floors = most_common_letter(rows[0]) if rows else {}
    occupied = [height for height in floors if floors[height]]
    if occupied:
        print(sorted(floors[max(occupied)])[0])
    else:
        print("-")
