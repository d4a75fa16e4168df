import sys
from collections import Counter


def pairs_from_counts(counts: Counter, total: int) -> int:
    ordered = 0
    for value, times in counts.items():
        ordered += times * counts[total - value]
    # leave out every element paired with itself, then forget the order
    if total % 2 == 0:
        ordered -= counts[total // 2]
    return ordered // 2


def main() -> None:
    _, *values, total = (int(word) for word in sys.stdin.read().split())
    print(pairs_from_counts(Counter(values), total))


main()
