import sys
from functools import reduce


def step(state, value):
    ending, top = state
    ending = value if ending < 0 else ending + value
    return ending, max(top, ending)


def read_ints():
    for line in sys.stdin:
        yield from map(int, line.split())


if __name__ == "__main__":
    stream = read_ints()
    if next(stream) == 0:
        print(0)
    else:
        first = next(stream)
        _, largest_subarray_sum = reduce(step, stream, (first, first))
        print(largest_subarray_sum)
