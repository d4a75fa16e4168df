import sys
from bisect import bisect_left


def rotations(values):
    """How many leading elements come from the end of the sorted list."""
    if not values:
        return 0
    last = values[-1]
    # False for the moved block, True for the rest: sorted, so bisect works
    return bisect_left(values, True, key=lambda v: v <= last)


def read(stream):
    values = []
    size = int(stream.readline())
    while len(values) < size:
        values += map(int, stream.readline().split())
    return values


if __name__ == "__main__":
    print(rotations(read(sys.stdin)))
