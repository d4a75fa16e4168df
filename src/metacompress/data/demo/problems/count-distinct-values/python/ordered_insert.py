import sys
from bisect import bisect_left


class DistinctCounter:
    """Keeps the values seen so far in ascending order, without repeats."""

    def __init__(self):
        self.ordered = []

    def add(self, number):
        place = bisect_left(self.ordered, number)
        known = place < len(self.ordered) and self.ordered[place] == number
        if not known:
            self.ordered.insert(place, number)

    def __len__(self):
        return len(self.ordered)


def count_distinct_values(stream):
    tokens = iter(stream.read().split())
    counter = DistinctCounter()
    for _ in range(int(next(tokens))):
        counter.add(int(next(tokens)))
    return len(counter)


if __name__ == "__main__":
    print(count_distinct_values(sys.stdin))
