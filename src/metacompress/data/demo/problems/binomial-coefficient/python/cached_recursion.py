from functools import cache
from sys import stdin


@cache
def ways(items, picks):
    """Take the last item or leave it."""
    if picks < 0 or picks > items:
        return 0
    if items == 0:
        return 1
    return ways(items - 1, picks - 1) + ways(items - 1, picks)


if __name__ == '__main__':
    numbers = [int(word) for word in stdin.read().split()]
    print(ways(*numbers))
