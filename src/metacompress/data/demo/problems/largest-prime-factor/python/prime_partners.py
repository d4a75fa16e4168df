import sys


def is_prime(x):
    if x < 4:
        return x > 1
    return x % 2 != 0 and all(x % i for i in range(3, int(x ** 0.5) + 1, 2))


def solve(x):
    """Check all divisors from the largest down, stop at the first prime."""
    low = [d for d in range(1, int(x ** 0.5) + 1) if x % d == 0]
    high = [x // d for d in low]
    for candidate in high + low[::-1]:
        if is_prime(candidate):
            return candidate
    return 1


if __name__ == '__main__':
    sys.stdout.write(str(solve(int(sys.stdin.read()))) + '\n')
