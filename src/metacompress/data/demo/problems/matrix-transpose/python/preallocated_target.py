import sys

data = list(map(int, sys.stdin.read().split()))


def build_transposed(r, c, values):
    target = [[0] * r for _ in range(c)]
    k = 0
    for i in range(r):
        for j in range(c):
            target[j][i] = values[k]
            k += 1
    return target


def main():
    r = data[0]
    c = data[1]
    result = build_transposed(r, c, data[2:])
    for row in result:
        text = str(row[0])
        for value in row[1:]:
            text += " " + str(value)
        print(text)


if __name__ == "__main__":
    main()
