import heapq
from sys import stdin


def second_from_heap(heap):
    heapq.heapify(heap)
    if not heap:
        return -1
    biggest = heapq.heappop(heap)
    while heap:
        following = heapq.heappop(heap)
        if following != biggest:
            return -following
    return -1


def main():
    tokens = map(int, stdin.read().split())
    n = next(tokens)
    # negated, because heapq only offers a min-heap
    heap = [-t for t in tokens]
    assert len(heap) == n
    print(second_from_heap(heap))


main()
