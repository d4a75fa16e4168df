import sys
from functools import reduce
from itertools import repeat

M = 1_000_007


def mod_power_by_product(x: int, y: int) -> int:
    return x * y % M


def main() -> None:
    first, second = sys.stdin.read().split()
    factors = repeat(int(first), int(second))
    print(reduce(mod_power_by_product, factors, 1))


main()
