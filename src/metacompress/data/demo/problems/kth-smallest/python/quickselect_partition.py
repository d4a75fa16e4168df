import sys


def kth_smallest(items: list[int], rank: int) -> int:
    pivot = items[0]
    smaller = [x for x in items if x < pivot]
    if rank < len(smaller):
        return kth_smallest(smaller, rank)
    rank -= len(smaller)

    same = items.count(pivot)
    if rank < same:
        return pivot
    return kth_smallest([x for x in items if x > pivot], rank - same)


def main() -> None:
    n, *items, k = map(int, sys.stdin.read().split())
    print(kth_smallest(items, k - 1) if 0 < k <= n else -1)


main()
