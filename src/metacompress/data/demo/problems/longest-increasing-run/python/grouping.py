import sys
from itertools import groupby


class RunLabel:
    """Key function that moves on to a new label whenever the climb is interrupted."""

    def __init__(self):
        self.label = 0
        self.last = None

    def __call__(self, value):
        if self.last is not None and value <= self.last:
            self.label += 1
        self.last = value
        return self.label


def max_increasing_run(values):
    return [sum(1 for _ in group) for _, group in groupby(values, key=RunLabel())]


if __name__ == "__main__":
    data = sys.stdin.read().split()
    size = int(data.pop(0))
    print(max(max_increasing_run(map(int, data[:size])), default=0))
