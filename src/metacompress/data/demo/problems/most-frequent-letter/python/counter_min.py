import sys
from collections import Counter


def most_frequent(line):
    counts = Counter(ch for ch in line.lower() if ch.isalpha())
    if not counts:
        return "-"
    return min(counts, key=lambda ch: (-counts[ch], ch))


def main():
    print(most_frequent(sys.stdin.readline()))


if __name__ == "__main__":
    main()
