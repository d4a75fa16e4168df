import sys


class Profile:
    def __init__(self, heights):
        self.heights = heights

    def climbed_to(self):
        """Indices that are higher than the index before them."""
        h = self.heights
        return {i for i, value in enumerate(h) if i > 0 and value > h[i - 1]}

    def dropped_from(self):
        h = self.heights
        return {i - 1 for i, value in enumerate(h) if i > 0 and value < h[i - 1]}

    def peak_count(self):
        return len(self.climbed_to() & self.dropped_from())


if __name__ == "__main__":
    count, *heights = map(int, sys.stdin.read().split())
    print(Profile(heights[:count]).peak_count())
