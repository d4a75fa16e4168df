from functools import lru_cache
import sys

sys.setrecursionlimit(5000)


@lru_cache(maxsize=None)
def steps_to_one(k):
    if k <= 1:
        return 0
    half, odd = divmod(k, 2)
    return 1 + steps_to_one(3 * k + 1 if odd else half)


if __name__ == '__main__':
    data = sys.stdin.read().split()
    print(steps_to_one(int(data[0])))
