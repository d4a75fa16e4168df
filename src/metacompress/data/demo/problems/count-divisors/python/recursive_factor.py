import sys


def divisor_count(n, start=2):
    for p in range(start, int(n ** 0.5) + 2):
        if p * p > n:
            break
        if n % p:
            continue
        options = 1
        while n % p == 0:
            n //= p
            options += 1
        return options * divisor_count(n, p + 1)
    # no divisor found: n is 1 or a prime
    return 1 if n == 1 else 2


value = int(sys.stdin.readline().strip())
if value == 0:
    print(0)
else:
    print(divisor_count(value))
