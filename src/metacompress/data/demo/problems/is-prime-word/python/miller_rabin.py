"""Deterministic strong pseudoprime test, good for 32-bit numbers."""
import sys

BASES = (2, 3, 5, 7)


def fools(base, n):
    d, s = n - 1, 0
    while not d & 1:
        d >>= 1
        s += 1
    x = pow(base, d, n)
    if x in (1, n - 1):
        return True
    for _ in range(s - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


def word_for(n):
    if n <= 1:
        return 'neither'
    for b in BASES:
        if n % b == 0:
            return 'prime' if n == b else 'composite'
    return 'prime' if all(fools(b, n) for b in BASES) else 'composite'


if __name__ == '__main__':
    sys.stdout.write(word_for(int(sys.stdin.readline())) + '\n')
