import sys


def spiral(matrix):
    result = []
    while matrix:
        result.extend(matrix.pop(0))
        # turn the rest a quarter to the left
        matrix = list(zip(*matrix))[::-1]
    return result


def main():
    header, *lines = sys.stdin.read().splitlines()
    rows = int(header.split()[0])
    matrix = [tuple(line.split()) for line in lines[:rows]]
    print(" ".join(spiral(matrix)))


if __name__ == "__main__":
    main()
