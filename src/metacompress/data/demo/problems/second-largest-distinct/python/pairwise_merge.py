import sys
from functools import reduce


def merge(a, b):
    """Combine two (largest, second) pairs; None marks a missing place."""
    places = {p for p in a + b if p is not None}
    top = max(places)
    places.discard(top)
    return top, max(places, default=None)


def parse(stream):
    n, *rest = stream.read().split()
    return [(int(r), None) for r in rest[:int(n)]]


if __name__ == "__main__":
    pairs = parse(sys.stdin)
    second = reduce(merge, pairs)[1] if pairs else None
    print(second if second is not None else -1)
