import sys


def second_largest(values):
    distinct = sorted(set(values))
    if len(distinct) < 2:
        return -1
    return distinct[-2]


if __name__ == "__main__":
    data = sys.stdin.read().split()
    count = int(data[0])
    values = [int(item) for item in data[1:1 + count]]
    print(second_largest(values))
