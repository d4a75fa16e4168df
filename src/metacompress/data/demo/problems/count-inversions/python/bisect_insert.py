import sys
from bisect import bisect_right, insort_right


class InversionCounter:
    def __init__(self):
        self._seen = []
        self.total = 0

    def add(self, value):
        self.total += len(self._seen) - bisect_right(self._seen, value)
        insort_right(self._seen, value)


if __name__ == "__main__":
    counter = InversionCounter()
    size = int(sys.stdin.readline())
    for line in sys.stdin:
        for word in line.split():
            counter.add(int(word))
    assert len(counter._seen) == size
    print(counter.total)
