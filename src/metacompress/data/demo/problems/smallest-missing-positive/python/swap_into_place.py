import sys


def settle(a, i):
    n = len(a)
    while 1 <= a[i] <= n:
        home = a[i] - 1
        if a[home] == a[i]:
            return
        a[i], a[home] = a[home], a[i]


def first_missing_positive(a):
    for i in range(len(a)):
        settle(a, i)
    for number, content in enumerate(a, start=1):
        if content != number:
            return number
    return len(a) + 1


def integers(stream):
    for line in stream:
        yield from map(int, line.split())


if __name__ == "__main__":
    source = integers(sys.stdin)
    length = next(source)
    print(first_missing_positive([next(source) for _ in range(length)]))
