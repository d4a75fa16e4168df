import sys
from bisect import bisect_left


def lis_length(numbers):
    tails = []
    for x in numbers:
        pos = bisect_left(tails, x)
        if pos == len(tails):
            tails.append(x)
        else:
            tails[pos] = x
    return len(tails)


if __name__ == "__main__":
    data = [int(w) for w in sys.stdin.read().split()]
    print(lis_length(data[1:data[0] + 1]))
