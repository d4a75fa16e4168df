from sys import stdin

BASE = 10


def digital_root(n):
    # n and its digit sum agree modulo BASE - 1
    if n == 0:
        return 0
    r = n % (BASE - 1)
    if r == 0:
        return BASE - 1
    return r


if __name__ == '__main__':
    value = int(stdin.read())
    print(digital_root(value))
