import sys
from collections import Counter
from math import prod


def divisor_exponents(n: int) -> Counter:
    counts: Counter = Counter()
    p = 2
    while p * p <= n:
        while n % p == 0:
            counts[p] += 1
            n //= p
        p += 1 if p == 2 else 2
    if n > 1:
        counts[n] += 1
    return counts


def main() -> None:
    n = int(sys.stdin.readline())
    print(prod(e + 1 for e in divisor_exponents(n).values()) if n else 0)


main()
