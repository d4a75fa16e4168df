import sys
from itertools import pairwise
from string import ascii_letters

ALPHABET = frozenset(ascii_letters)


def word_starts(chars):
    for before, after in pairwise(chars):
        if before not in ALPHABET and after in ALPHABET:
            yield after


def main():
    for text in sys.stdin:
        break
    else:
        text = ""
    print(sum(1 for _ in word_starts(" " + text)))


if __name__ == "__main__":
    main()
