from functools import cache
from sys import stdin


@cache
def n_choose_k(items, picks):
    """Take the last item or leave it."""
    if picks < 0 or picks > items:
        return 0
    if items == 0:
        return 1
    return n_choose_k(items - 1, picks - 1) + n_choose_k(items - 1, picks)


if __name__ == '__main__':
    numbers = [int(word) for word in stdin.read().split()]
    print(n_choose_k(*numbers))
