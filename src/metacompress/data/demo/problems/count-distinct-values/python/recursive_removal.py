from sys import stdin


def kinds(items):
    if not items:
        return 0
    head, *tail = items
    remaining = [t for t in tail if t != head]
    return 1 + kinds(remaining)


def load():
    count, *items = map(int, stdin.read().split())
    assert count == len(items)
    return items


print(kinds(load()))
