import sys
from itertools import accumulate
from operator import mul


def factorials(upto):
    return list(accumulate(range(1, upto + 1), mul, initial=1))


class Chooser:
    def __init__(self, total):
        self.total = total
        self.table = factorials(total)

    def pick(self, part):
        rest = self.total - part
        if min(part, rest) < 0:
            return 0
        return self.table[self.total] // (self.table[part] * self.table[rest])


total, part = (int(x) for x in sys.stdin.readline().split())
sys.stdout.write(f"{Chooser(total).pick(part)}\n")
