from itertools import product


class Board:
    def __init__(self, height, width):
        self.height = height
        self.width = width
        self.cells = [[int(v) for v in input().split()] for _ in range(height)]

    def is_saddle(self, y, x):
        here = self.cells[y][x]
        lowest_in_row = all(here <= other for other in self.cells[y])
        return lowest_in_row and all(here >= line[x] for line in self.cells)

    def saddles(self):
        return filter(lambda p: self.is_saddle(*p), product(range(self.height), range(self.width)))


if __name__ == "__main__":
    board = Board(*map(int, input().split()))
    print(len(list(board.saddles())))
