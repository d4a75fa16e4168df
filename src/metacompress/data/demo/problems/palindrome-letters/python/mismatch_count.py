import string
import sys

ORDER = {c: i for i, c in enumerate(string.ascii_lowercase)}
ORDER.update((c, i) for i, c in enumerate(string.ascii_uppercase))


def palindrome_mismatches(codes):
    total = 0
    for a, b in zip(codes, reversed(codes)):
        total += a != b
    return total


def main(stream):
    codes = [ORDER[c] for c in stream.readline() if c in ORDER]
    result = "no"
    if not codes:
        result = "-"
    elif palindrome_mismatches(codes) == 0:
        result = "yes"
    stream.close()
    print(result)


if __name__ == "__main__":
    main(sys.stdin)
