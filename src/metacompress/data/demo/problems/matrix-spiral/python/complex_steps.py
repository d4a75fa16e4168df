import sys


def load(tokens):
    """Map a complex position (column + row * i) to the element there."""
    height = int(next(tokens))
    width = int(next(tokens))
    return {complex(x, y): int(next(tokens)) for y in range(height) for x in range(width)}


def spiral_walk(unvisited):
    position, direction = 0j, 1 + 0j
    path = []
    while True:
        path.append(unvisited.pop(position))
        if not unvisited:
            return path
        if position + direction not in unvisited:
            direction *= 1j
        position += direction


def main():
    cells = load(iter(sys.stdin.read().split()))
    path = spiral_walk(cells)
    sys.stdout.write(" ".join(map(str, path)) + "\n")


main()
