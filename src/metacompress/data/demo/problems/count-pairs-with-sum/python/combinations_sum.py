import sys
from itertools import combinations


def count_pairs(numbers, target):
    return sum(1 for a, b in combinations(numbers, 2) if a + b == target)


def main():
    lines = sys.stdin.read().splitlines()
    n = int(lines[0])
    numbers = list(map(int, lines[1].split()))
    assert len(numbers) == n
    target = int(lines[2])
    print(count_pairs(numbers, target))


if __name__ == "__main__":
    main()
