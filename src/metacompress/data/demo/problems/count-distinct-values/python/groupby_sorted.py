from itertools import groupby


def count_groups(numbers):
    groups = 0
    for _value, _copies in groupby(sorted(numbers)):
        groups += 1
    return groups


if __name__ == "__main__":
    size = int(input())
    if size > 0:
        print(count_groups(map(int, input().split())))
    else:
        print(0)
