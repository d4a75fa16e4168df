from collections import Counter
from itertools import accumulate
from sys import stdin


def count_subarrays_with_sum(items, goal):
    earlier = Counter({0: 1})
    matches = 0
    for total in accumulate(items):
        matches += earlier[total - goal]
        earlier[total] += 1
    return matches


tokens = [int(t) for t in stdin.read().split()]
length = tokens[0]
items, goal = tokens[1:1 + length], tokens[1 + length]
print(count_subarrays_with_sum(items, goal))
