import sys
from collections import deque

LAND = 1


def flood_islands(sea: list[int], start: int, stride: int) -> None:
    queue = deque([start])
    sea[start] = 0
    while queue:
        here = queue.popleft()
        for there in (here - stride, here - 1, here + 1, here + stride):
            if sea[there] == LAND:
                sea[there] = 0
                queue.append(there)


def main() -> None:
    r, c, *values = (int(s) for s in sys.stdin.read().split())
    stride = c + 1
    # one column of water on the right and one row above and below are enough
    sea = [0] * stride
    for k in range(r):
        sea.extend(values[k * c:(k + 1) * c])
        sea.append(0)
    sea.extend([0] * stride)

    total = 0
    for position in range(len(sea)):
        if sea[position] == LAND:
            flood_islands(sea, position, stride)
            total += 1
    print(total)


if __name__ == "__main__":
    main()
