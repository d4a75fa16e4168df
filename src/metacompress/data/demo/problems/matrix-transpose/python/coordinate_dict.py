import itertools
import sys


def transpose_coordinates(cells: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    return {(j, i): value for (i, j), value in cells.items()}


def show(cells, height, width):
    for i in range(height):
        print(" ".join(str(cells[i, j]) for j in range(width)))


def numbers():
    for line in sys.stdin:
        yield from map(int, line.split())


def main() -> None:
    source = numbers()
    height, width = next(source), next(source)
    positions = itertools.product(range(height), range(width))
    cells = {position: next(source) for position in positions}
    show(transpose_coordinates(cells), width, height)


main()
