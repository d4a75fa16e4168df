from sys import stdin


def beaten_in_column(grid, column, value):
    i = 0
    while i < len(grid):
        if grid[i][column] > value:
            return True
        i += 1
    return False


def scan_saddles(grid):
    total = 0
    for row in grid:
        smallest = sorted(row)[0]
        start = 0
        # visit every place where the minimum of this row occurs
        while smallest in row[start:]:
            column = row.index(smallest, start)
            if not beaten_in_column(grid, column, smallest):
                total += 1
            start = column + 1
    return total


height, width = map(int, stdin.readline().split())
grid = []
while len(grid) < height:
    grid.append(tuple(map(int, stdin.readline().split())))
print(scan_saddles(grid))
