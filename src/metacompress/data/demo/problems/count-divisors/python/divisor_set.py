from math import isqrt
from sys import stdin


def divisors(number):
    """All positive divisors, small ones together with their partners."""
    small = {k for k in range(1, isqrt(number) + 1) if number % k == 0}
    large = {number // k for k in small}
    return small | large


def main():
    text = stdin.read()
    print(len(divisors(int(text))))


if __name__ == '__main__':
    main()
