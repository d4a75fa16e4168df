from math import isqrt


def smallest_divisor(m):
    for d in range(2, isqrt(m) + 1):
        if m % d == 0:
            return d
    return m


def largest_factor(m):
    d = smallest_divisor(m)
    if d == m:
        return m
    return largest_factor(m // d)


m = int(input().strip())
print(largest_factor(m) if m > 1 else 1)
