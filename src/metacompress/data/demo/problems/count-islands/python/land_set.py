import sys


def islands_in_grid(land, start):
    """Take the island around start out of the set of land cells."""
    stack = [start]
    while stack:
        cell = stack.pop()
        if cell not in land:
            continue
        land.remove(cell)
        y, x = cell
        stack += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]


def main():
    lines = sys.stdin.read().splitlines()[1:]
    land = set()
    for y, line in enumerate(lines):
        land.update((y, x) for x, mark in enumerate(line.split()) if mark == "1")

    islands = 0
    while land:
        islands_in_grid(land, min(land))
        islands += 1
    print(islands)


main()
