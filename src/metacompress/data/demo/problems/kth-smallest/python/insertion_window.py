import sys
from bisect import insort

numbers = iter(sys.stdin.read().split())


def smallest_so_far(stream, k):
    # a sorted window with the k smallest elements is all that is needed
    window = []
    for element in stream:
        insort(window, element)
        if len(window) > k:
            window.pop()
    return window


def answer():
    count = int(next(numbers))
    elements = [int(next(numbers)) for _ in range(count)]
    k = int(next(numbers))
    window = smallest_so_far(elements, max(k, 0))
    if k < 1 or len(window) < k:
        return -1
    return window[-1]


if __name__ == "__main__":
    sys.stdout.write(f"{answer()}\n")
