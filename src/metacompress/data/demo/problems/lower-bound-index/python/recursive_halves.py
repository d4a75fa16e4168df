import sys


def locate_lower_bound(items: list[int], key: int) -> int:
    if not items:
        return 0
    half = len(items) // 2
    if items[half] < key:
        # the whole left half and the middle are too small
        return half + 1 + locate_lower_bound(items[half + 1:], key)
    return locate_lower_bound(items[:half], key)


def integers():
    for line in sys.stdin:
        for word in line.split():
            yield int(word)


def main() -> None:
    stream = integers()
    items = [next(stream) for _ in range(next(stream))]
    print(locate_lower_bound(items, next(stream)))


main()
