import sys


def best_row(rows):
    sums = [sum(row) for row in rows]
    return sums.index(max(sums))


def main():
    lines = sys.stdin.read().splitlines()
    height = int(lines[0].split()[0])
    rows = []
    for line in lines[1:height + 1]:
        rows.append([int(word) for word in line.split()])
    print(best_row(rows))


if __name__ == "__main__":
    main()
