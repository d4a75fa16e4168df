import sys
from itertools import combinations


def inversions(values):
    return sum(1 for a, b in combinations(values, 2) if a > b)


def main():
    words = sys.stdin.read().split()
    n = int(words[0])
    values = list(map(int, words[1:n + 1]))
    print(inversions(values))


if __name__ == "__main__":
    main()
