import sys
from typing import Iterator


def collatz_orbit(start: int) -> Iterator[int]:
    """Yield every number reached after the start, down to 1."""
    current = start
    while current > 1:
        current = 3 * current + 1 if current & 1 else current >> 1
        yield current


def main() -> None:
    start = int(sys.stdin.readline())
    print(sum(1 for _ in collatz_orbit(start)))


main()
