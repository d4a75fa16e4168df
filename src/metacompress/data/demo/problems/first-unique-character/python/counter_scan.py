import sys
from collections import Counter


def first_unique(text):
    counts = Counter(text)
    for ch in text:
        if ch != " " and counts[ch] == 1:
            return ch
    return "-"


def main():
    text = sys.stdin.readline().rstrip("\n")
    print(first_unique(text))


if __name__ == "__main__":
    main()
