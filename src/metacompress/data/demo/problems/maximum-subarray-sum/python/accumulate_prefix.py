import sys
from itertools import accumulate


def max_subarray(values):
    if not values:
        return 0
    prefix = list(accumulate(values, initial=0))
    minima = accumulate(prefix, min)
    return max(high - low for high, low in zip(prefix[1:], minima))


if __name__ == "__main__":
    tokens = sys.stdin.read().split()
    count = int(tokens[0])
    values = [int(t) for t in tokens[1:count + 1]]
    print(max_subarray(values))
