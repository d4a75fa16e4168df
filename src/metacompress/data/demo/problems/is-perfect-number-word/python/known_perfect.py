import sys


def mersenne_perfect(limit):
    """Even perfect numbers 2^(p-1) * (2^p - 1) up to limit."""
    for p in range(2, 64):
        m = 2 ** p - 1
        value = m << (p - 1)
        if value > limit:
            return
        if all(m % d for d in range(2, int(m ** 0.5) + 1)):
            yield value


def overdrawn(n):
    left = n
    for d in range(n // 2, 0, -1):
        if n % d == 0:
            left -= d
            if left < 0:
                return True
    return False


if __name__ == '__main__':
    # there is no odd perfect number in the range of the inputs
    number = int(sys.stdin.readline().strip())
    if number in mersenne_perfect(number):
        print('perfect')
    else:
        print('abundant' if overdrawn(number) else 'deficient')
