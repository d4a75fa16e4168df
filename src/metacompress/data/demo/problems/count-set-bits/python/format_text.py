import sys


def binary_digits(value: int) -> str:
    return format(value, "b")


def count_bits(value: int) -> int:
    """Count the set positions with the help of the text form."""
    return sum(1 for digit in binary_digits(value) if digit == "1")


if __name__ == "__main__":
    line = sys.stdin.readline()
    print(count_bits(int(line)))
