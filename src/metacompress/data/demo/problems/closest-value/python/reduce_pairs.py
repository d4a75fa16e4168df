import sys
from functools import partial, reduce

data = iter(sys.stdin.read().split())


def nearer(point, a, b):
    # the sum of two elements tells on which side of the midpoint the target lies
    if a == b:
        return a
    small, large = (a, b) if a < b else (b, a)
    if 2 * point <= small + large:
        return small
    return large


def solve():
    size = int(next(data))
    elements = [int(next(data)) for _ in range(size)]
    point = int(next(data))
    if size == 0:
        return 0
    return reduce(partial(nearer, point), elements)


if __name__ == "__main__":
    sys.stdout.write(f"{solve()}\n")
