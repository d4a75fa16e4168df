import sys


def closest_of(items: list[int], t: int) -> int:
    low = max((x for x in items if x <= t), default=None)
    high = min((x for x in items if x >= t), default=None)
    if low is None and high is None:
        return 0
    if low is None or high is None:
        # all items lie on one side
        return high if low is None else low
    return high if high - t < t - low else low


def main() -> None:
    _, *items, t = map(int, sys.stdin.read().split())
    print(closest_of(items, t))


main()
