import sys


def reverse_words(line):
    words = line.split()
    return " ".join(reversed(words))


def main():
    line = sys.stdin.readline()
    print(reverse_words(line))


if __name__ == "__main__":
    main()
