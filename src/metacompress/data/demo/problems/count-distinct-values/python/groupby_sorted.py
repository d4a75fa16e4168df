from itertools import groupby


def distinct_count(numbers):
    groups = 0
    for _value, _copies in groupby(sorted(numbers)):
        groups += 1
    return groups


if __name__ == "__main__":
    size = int(input())
    if size > 0:
        print(distinct_count(map(int, input().split())))
    else:
        print(0)
