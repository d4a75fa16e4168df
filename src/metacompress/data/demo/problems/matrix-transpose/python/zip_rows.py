import sys


def transpose(rows):
    return [list(column) for column in zip(*rows)]


def main():
    lines = sys.stdin.read().splitlines()
    height, _width = map(int, lines[0].split())
    rows = [[int(word) for word in line.split()] for line in lines[1:height + 1]]
    for column in transpose(rows):
        print(*column)


if __name__ == "__main__":
    main()
