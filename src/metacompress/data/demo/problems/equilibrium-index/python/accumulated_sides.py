from itertools import accumulate
from sys import stdin


def equilibrium_point(row):
    from_left = list(accumulate(row))
    from_right = list(accumulate(reversed(row)))[::-1]
    # both sums include the element itself, which cancels out
    matches = [a == b for a, b in zip(from_left, from_right)]
    return matches.index(True) if True in matches else -1


count = int(stdin.readline())
row = [int(t) for line in stdin for t in line.split()]
assert len(row) == count
print(equilibrium_point(row))
