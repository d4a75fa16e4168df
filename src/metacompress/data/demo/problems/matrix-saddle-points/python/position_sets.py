import sys


def count_saddle_points(pick, positions, cells):
    """Positions at which the cells reach pick(...), that is min or max."""
    target = pick(cells[p] for p in positions)
    return {p for p in positions if cells[p] == target}


def main() -> None:
    numbers = map(int, sys.stdin.read().split())
    r = next(numbers)
    c = next(numbers)
    cells = dict(enumerate(numbers))

    minima, maxima = set(), set()
    for i in range(r):
        minima |= count_saddle_points(min, range(i * c, i * c + c), cells)
    for j in range(c):
        maxima |= count_saddle_points(max, range(j, r * c, c), cells)
    print(len(minima & maxima))


main()
