import sys


def count_saddle_points(matrix):
    row_min = [min(row) for row in matrix]
    col_max = [max(col) for col in zip(*matrix)]
    count = 0
    for i, row in enumerate(matrix):
        for j, value in enumerate(row):
            if value == row_min[i] and value == col_max[j]:
                count += 1
    return count


def main():
    lines = sys.stdin.read().splitlines()
    matrix = [list(map(int, line.split())) for line in lines[1:]]
    print(count_saddle_points(matrix))


if __name__ == "__main__":
    main()
