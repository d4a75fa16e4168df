import sys

data = list(map(int, sys.stdin.read().split()))


def pairs(sequence, goal):
    """Pairs that use the last element plus the pairs of everything before it."""
    if not sequence:
        return 0
    *front, last = sequence
    return front.count(goal - last) + pairs(front, goal)


def main():
    length = data[0]
    sequence = data[1:length + 1]
    goal = data[length + 1]
    sys.stdout.write("%d\n" % pairs(sequence, goal))


if __name__ == "__main__":
    main()
