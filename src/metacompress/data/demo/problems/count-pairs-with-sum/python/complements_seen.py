from collections import defaultdict
from sys import stdin


def read_problem():
    tokens = iter(stdin.read().split())
    size = int(next(tokens))
    items = [int(next(tokens)) for _ in range(size)]
    return items, int(next(tokens))


def pairs_summing_to(items, wanted):
    waiting = defaultdict(int)
    matched = 0
    for item in items:
        matched += waiting[item]
        # whoever equals this later on completes a pair with item
        waiting[wanted - item] += 1
    return matched


print(pairs_summing_to(*read_problem()))
