import sys


def without_maximum(items):
    top = max(items)
    return [item for item in items if item != top]


def second_maximum(items):
    """Largest item that is left once every copy of the maximum is gone."""
    if not items:
        return -1
    return max(without_maximum(items), default=-1)


size = int(sys.stdin.readline())
items = []
while len(items) < size:
    items.extend(map(int, sys.stdin.readline().split()))
print(second_maximum(items))
