import sys
from collections import Counter


def majority(values):
    if not values:
        return -1
    value, times = Counter(values).most_common(1)[0]
    if times * 2 > len(values):
        return value
    return -1


if __name__ == "__main__":
    data = sys.stdin.read().split()
    n = int(data[0])
    print(majority([int(d) for d in data[1:n + 1]]))
