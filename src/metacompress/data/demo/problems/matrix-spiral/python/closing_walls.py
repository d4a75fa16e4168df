def read_grid():
    r, c = map(int, input().split())
    grid = []
    for _ in range(r):
        grid.append([int(v) for v in input().split()][:c])
    return grid


def walk_spiral(grid):
    north, west = 0, 0
    south, east = len(grid), len(grid[0])
    while north < south and west < east:
        for j in range(west, east):
            yield grid[north][j]
        north += 1
        for i in range(north, south):
            yield grid[i][east - 1]
        east -= 1
        if north < south:
            for j in range(east - 1, west - 1, -1):
                yield grid[south - 1][j]
            south -= 1
        if west < east:
            for i in range(south - 1, north - 1, -1):
                yield grid[i][west]
            west += 1


if __name__ == "__main__":
    print(*walk_spiral(read_grid()))
