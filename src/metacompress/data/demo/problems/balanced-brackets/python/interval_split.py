import sys
from functools import lru_cache

OPEN, CLOSE = "([{", ")]}"


def build(s):
    @lru_cache(maxsize=None)
    def good(lo, hi):
        if lo == hi:
            return True
        if s[lo] not in OPEN:
            return False
        # the partner is the first place where this kind's depth is zero
        depth, mate = 0, CLOSE[OPEN.index(s[lo])]
        for k in range(lo, hi):
            depth += (s[k] == s[lo]) - (s[k] == mate)
            if depth == 0:
                return good(lo + 1, k) and good(k + 1, hi)
        return False

    return good(0, len(s))


line = next(iter(sys.stdin.read().splitlines()), "")
only = "".join(filter((OPEN + CLOSE).__contains__, line))
if only:
    print("yes" if build(only) else "no")
else:
    print("-")
