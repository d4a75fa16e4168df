from math import gcd
from sys import stdin


def find_factor(n):
    """Some proper divisor of n, or n itself when n is a prime."""
    for p in (2, 3, 5, 7):
        if n % p == 0:
            return p
    for c in range(1, 20):
        slow = fast = 2
        d = 1
        while d == 1:
            slow = (slow * slow + c) % n
            fast = (fast * fast + c) % n
            fast = (fast * fast + c) % n
            d = gcd(abs(slow - fast), n)
        if d != n:
            return d
    return n


def top_prime(n):
    if n <= 1:
        return 1
    d = find_factor(n)
    if d == n:
        return n
    return max(top_prime(d), top_prime(n // d))


print(top_prime(int(stdin.readline())))
