def sink(grid, i, j):
    if not (0 <= i < len(grid) and 0 <= j < len(grid[0])):
        return
    if grid[i][j] == 0:
        return
    grid[i][j] = 0
    for di, dj in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        sink(grid, i + di, j + dj)


def count_islands(grid):
    count = 0
    for i, row in enumerate(grid):
        for j, cell in enumerate(row):
            if cell == 1:
                count += 1
                sink(grid, i, j)
    return count


if __name__ == "__main__":
    rows, _ = map(int, input().split())
    grid = [list(map(int, input().split())) for _ in range(rows)]
    print(count_islands(grid))
