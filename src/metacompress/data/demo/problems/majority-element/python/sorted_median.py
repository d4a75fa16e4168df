import sys
from bisect import bisect_left, bisect_right


def majority_or_none(stream):
    size, *numbers = map(int, stream.read().split())
    if size == 0:
        return -1
    numbers.sort()
    median = numbers[size // 2]
    spread = bisect_right(numbers, median) - bisect_left(numbers, median)
    return median if spread > size / 2 else -1


if __name__ == "__main__":
    print(majority_or_none(sys.stdin))
