import string
import sys


def rotated(alphabet, k):
    return alphabet[k:] + alphabet[:k]


lower, upper = string.ascii_lowercase, string.ascii_uppercase
TABLE = str.maketrans(lower + upper, rotated(lower, 3) + rotated(upper, 3))


def main():
    line = sys.stdin.readline().rstrip("\n")
    print(line.translate(TABLE))


if __name__ == "__main__":
    main()
