from sys import stdin


def scan_for_closest(values, goal):
    best = gap = None
    for value in values:
        distance = goal - value if value < goal else value - goal
        if gap is None or distance < gap:
            best, gap = value, distance
        elif distance == gap and value < best:
            best = value
    return 0 if best is None else best


numbers = list(map(int, stdin.read().split()))
length, goal = numbers[0], numbers[-1]
print(scan_for_closest(numbers[1:length + 1], goal))
