import sys


def words_reversed(line):
    words = line.split()
    return " ".join(reversed(words))


def main():
    line = sys.stdin.readline()
    print(words_reversed(line))


if __name__ == "__main__":
    main()
