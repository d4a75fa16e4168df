from sys import stdin


def read_flat():
    """Return (number of columns, all elements in row order)."""
    tokens = stdin.read().split()
    r, c = int(tokens[0]), int(tokens[1])
    return c, tokens[2:2 + r * c]


def columns(flat, step):
    start = 0
    while start < step:
        yield flat[start::step]
        start += 1


step, flat = read_flat()
for col in columns(flat, step):
    print(" ".join(col))
