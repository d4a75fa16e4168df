import sys


def distinct(values):
    return len(set(values))


def main():
    data = sys.stdin.read().split()
    n = int(data[0])
    values = []
    for item in data[1:n + 1]:
        values.append(int(item))
    print(distinct(values))


if __name__ == "__main__":
    main()
