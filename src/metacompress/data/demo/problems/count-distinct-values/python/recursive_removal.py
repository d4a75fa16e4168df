from sys import stdin


def count_distinct(items):
    if not items:
        return 0
    head, *tail = items
    remaining = [t for t in tail if t != head]
    return 1 + count_distinct(remaining)


def load():
    count, *items = map(int, stdin.read().split())
    assert count == len(items)
    return items


print(count_distinct(load()))
