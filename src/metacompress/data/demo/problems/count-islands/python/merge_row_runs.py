import sys


def runs(row):
    """Half-open column intervals of consecutive ones."""
    found = []
    begin = None
    for j, value in enumerate(row + [0]):
        if value and begin is None:
            begin = j
        elif not value and begin is not None:
            found.append((begin, j))
            begin = None
    return found


def count_islands(rows):
    finished = 0
    active = []  # islands that reach the previous row, each a list of its runs there
    for row in rows:
        pieces = [[run] for run in runs(row)]
        for island in active:
            touching = [p for p in pieces if any(a < d and c < b for a, b in island for c, d in p)]
            if not touching:
                finished += 1
                continue
            merged = [run for p in touching for run in p]
            pieces = [p for p in pieces if p not in touching] + [merged]
        active = pieces
    return finished + len(active)


sys.stdin.readline()
print(count_islands([[int(v) for v in line.split()] for line in sys.stdin]))
