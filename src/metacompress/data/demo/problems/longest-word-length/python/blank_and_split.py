import string
import sys

OTHERS = "".join(c for c in string.printable if c not in string.ascii_letters)
TO_BLANKS = str.maketrans(OTHERS, " " * len(OTHERS))


def main():
    line = next(sys.stdin, "")
    words = line.translate(TO_BLANKS).split()
    if not words:
        print(0)
    else:
        champion = max(words, key=len)
        print(len(champion))


if __name__ == "__main__":
    main()
