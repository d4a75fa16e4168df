from math import isqrt


def smallest_divisor(m):
    for d in range(2, isqrt(m) + 1):
        if m % d == 0:
            return d
    return m


def peel(m):
    d = smallest_divisor(m)
    if d == m:
        return m
    return peel(m // d)


m = int(input().strip())
print(peel(m) if m > 1 else 1)
