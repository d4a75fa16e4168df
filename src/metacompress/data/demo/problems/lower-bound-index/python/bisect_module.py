import sys
from bisect import bisect_left


def lower_bound(numbers, target):
    return bisect_left(numbers, target)


def main():
    lines = sys.stdin.read().splitlines()
    n = int(lines[0])
    numbers = list(map(int, lines[1].split()))[:n]
    target = int(lines[2])
    print(lower_bound(numbers, target))


if __name__ == "__main__":
    main()
