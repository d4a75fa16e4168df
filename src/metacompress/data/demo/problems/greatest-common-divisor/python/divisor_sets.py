from math import isqrt
import sys


def divisors(n):
    small = [d for d in range(1, isqrt(n) + 1) if n % d == 0]
    return set(small).union(n // d for d in small)


def common_divisor(line):
    x, y = (abs(int(t)) for t in line.split())
    if 0 in (x, y):
        return max(x, y)
    return max(divisors(x) & divisors(y))


def main():
    for line in sys.stdin:
        if line.strip():
            print(common_divisor(line))


main()
