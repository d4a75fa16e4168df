import sys

VOWELS = frozenset("aeiouAEIOU")


def count_vowels(text):
    return sum(1 for ch in text if ch in VOWELS)


def main():
    line = sys.stdin.readline()
    print(count_vowels(line))


if __name__ == "__main__":
    main()
