import sys
from functools import reduce


def join_to_root(a, b):
    """Add two digits, adding the carry back in."""
    s = a + b
    return s // 10 + s % 10


def main():
    digits = [ord(ch) - ord("0") for ch in sys.stdin.read() if ch.isdigit()]
    print(reduce(join_to_root, digits, 0))


if __name__ == "__main__":
    main()
