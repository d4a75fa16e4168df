import sys


def select(items: list[int], rank: int) -> int:
    pivot = items[0]
    smaller = [x for x in items if x < pivot]
    if rank < len(smaller):
        return select(smaller, rank)
    rank -= len(smaller)

    same = items.count(pivot)
    if rank < same:
        return pivot
    return select([x for x in items if x > pivot], rank - same)


def main() -> None:
    n, *items, k = map(int, sys.stdin.read().split())
    print(select(items, k - 1) if 0 < k <= n else -1)


main()
