import sys


def missing(pool, low, high):
    """Smallest absent number in low..high; pool holds only numbers from there."""
    if low == high:
        return low
    middle = (low + high) // 2
    lower = {x for x in pool if x <= middle}
    if len(lower) <= middle - low:
        return missing(lower, low, middle)
    return missing(pool - lower, middle + 1, high)


count, *rest = (int(s) for s in sys.stdin.read().split())
limit = count + 1
print(missing({x for x in rest if 1 <= x < limit}, 1, limit))
