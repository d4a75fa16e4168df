import sys
from math import isqrt


def check_prime(number: int) -> str:
    if number in (0, 1):
        return "neither"
    if number % 2 == 0:
        return "prime" if number == 2 else "composite"
    divisible = any(number % odd == 0 for odd in range(3, isqrt(number) + 1, 2))
    return ("prime", "composite")[divisible]


if __name__ == "__main__":
    print(check_prime(int(sys.stdin.readline())))
