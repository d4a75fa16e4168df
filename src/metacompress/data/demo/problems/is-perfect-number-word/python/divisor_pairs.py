import sys
from math import isqrt


def proper_divisors(n: int) -> set[int]:
    """Divisors of n below n, gathered in pairs around the root."""
    found = set()
    for small in range(1, isqrt(n) + 1):
        quotient, rest = divmod(n, small)
        if rest == 0:
            found.update((small, quotient))
    found.discard(n)
    return found


def main() -> None:
    n = int(sys.stdin.readline())
    balance = sum(proper_divisors(n)) - n
    if balance > 0:
        print("abundant")
    elif balance < 0 or n == 0:
        print("deficient")
    else:
        print("perfect")


main()
