import sys
from collections import deque


def undo_rotations(numbers):
    target = sorted(numbers)
    wheel = deque(numbers)
    turns = 0
    while list(wheel) != target:
        wheel.rotate(-1)
        turns += 1
    return turns


def main():
    count, *numbers = (int(word) for word in sys.stdin.read().split())
    assert len(numbers) == count
    print(undo_rotations(numbers))


main()
