import string
import sys


def caesar_rotated(alphabet, k):
    return alphabet[k:] + alphabet[:k]


lower, upper = string.ascii_lowercase, string.ascii_uppercase
TABLE = str.maketrans(lower + upper, caesar_rotated(lower, 3) + caesar_rotated(upper, 3))


def main():
    line = sys.stdin.readline().rstrip("\n")
    print(line.translate(TABLE))


if __name__ == "__main__":
    main()
