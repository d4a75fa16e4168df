import sys
from bisect import bisect_right

data = list(map(int, sys.stdin.read().split()))


def index_prefix_sums(values):
    where = {}
    total = 0
    for position in range(len(values) + 1):
        where.setdefault(total, []).append(position)
        if position < len(values):
            total += values[position]
    return where


def subarray_sum_count(where, target):
    result = 0
    for total, starts in where.items():
        ends = where.get(total + target, [])
        for start in starts:
            result += len(ends) - bisect_right(ends, start)
    return result


def main():
    n = data[0]
    where = index_prefix_sums(data[1:n + 1])
    print(subarray_sum_count(where, data[n + 1]))


if __name__ == "__main__":
    main()
