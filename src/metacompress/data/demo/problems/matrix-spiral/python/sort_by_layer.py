import sys
from operator import itemgetter


def spiral_key(i, j, rows, cols):
    layer = min(i, j, rows - 1 - i, cols - 1 - j)
    if i == layer:
        return layer, 0, j
    if j == cols - 1 - layer:
        return layer, 1, i
    if i == rows - 1 - layer:
        return layer, 2, -j
    return layer, 3, -i


def in_spiral_order(rows, cols, values):
    keyed = []
    for k, value in enumerate(values):
        i, j = divmod(k, cols)
        keyed.append((spiral_key(i, j, rows, cols), value))
    keyed.sort(key=itemgetter(0))
    return [value for _, value in keyed]


if __name__ == "__main__":
    rows, cols, *values = map(int, sys.stdin.read().split())
    ordered = in_spiral_order(rows, cols, values)
    print(" ".join(f"{value}" for value in ordered))
