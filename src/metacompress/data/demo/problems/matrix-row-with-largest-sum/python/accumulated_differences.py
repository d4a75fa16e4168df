import sys
from itertools import accumulate
from operator import itemgetter

numbers = list(map(int, sys.stdin.read().split()))


def sums_from_prefixes(flat, width):
    prefix = [0, *accumulate(flat)]
    ends = range(width, len(prefix), width)
    for row, end in enumerate(ends):
        yield row, prefix[end] - prefix[end - width]


def solve():
    width = numbers[1]
    # max() keeps the first of several equal candidates
    row, _ = max(sums_from_prefixes(numbers[2:], width), key=itemgetter(1))
    return row


if __name__ == "__main__":
    sys.stdout.write(f"{solve()}\n")
