from heapq import heapify, heappop
from sys import stdin


def kth_value(heap, rank):
    """Pop rank times and return what came last."""
    last = -1
    for _ in range(rank):
        if not heap:
            return -1
        last = heappop(heap)
    return last


tokens = stdin.read().split()
size = int(tokens[0])
heap = list(map(int, tokens[1:size + 1]))
heapify(heap)
print(kth_value(heap, int(tokens[size + 1])))
