from itertools import combinations
from sys import stdin


class Numbers:
    def __init__(self, stream):
        size = int(stream.readline())
        self.items = []
        while len(self.items) < size:
            self.items.extend(int(piece) for piece in stream.readline().split())

    def slices(self):
        bounds = range(len(self.items) + 1)
        for begin, end in combinations(bounds, 2):
            yield self.items[begin:end]

    def best_subarray(self):
        return max(map(sum, self.slices()), default=0)


def main():
    print(Numbers(stdin).best_subarray())


main()
