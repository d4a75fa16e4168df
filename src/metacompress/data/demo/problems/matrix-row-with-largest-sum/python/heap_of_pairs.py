import heapq
import sys
from itertools import islice


def row_of_largest_sum(values, height, width):
    heap = []
    for index in range(height):
        row_sum = sum(islice(values, width))
        heapq.heappush(heap, (-row_sum, index))
    return heap


def main() -> None:
    values = iter(map(int, sys.stdin.read().split()))
    height, width = islice(values, 2)
    _, index = heapq.heappop(row_of_largest_sum(values, height, width))
    print(index)


main()
