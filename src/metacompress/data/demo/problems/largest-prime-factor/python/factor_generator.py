import sys
from typing import Iterator


def prime_factors(n: int) -> Iterator[int]:
    yield 1
    while n and n % 2 == 0:
        yield 2
        n >>= 1
    odd = 3
    while odd <= n // odd:
        if n % odd:
            odd += 2
            continue
        n //= odd
        yield odd
    if n > 1:
        yield n


def main() -> None:
    print(max(prime_factors(int(sys.stdin.readline()))))


main()
