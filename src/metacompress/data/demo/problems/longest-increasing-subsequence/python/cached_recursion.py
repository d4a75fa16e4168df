import sys
from functools import lru_cache


def lis(seq):
    @lru_cache(maxsize=None)
    def pick(index, previous):
        """Elements that can still be taken from `index` on, after seq[previous]."""
        if index == len(seq):
            return 0
        without = pick(index + 1, previous)
        if previous is not None and seq[previous] >= seq[index]:
            return without
        return max(without, 1 + pick(index + 1, index))

    return pick(0, None)


if __name__ == "__main__":
    lines = sys.stdin.readlines()
    amount = int(lines[0])
    seq = tuple(int(s) for line in lines[1:] for s in line.split())
    assert len(seq) == amount
    print(lis(seq))
