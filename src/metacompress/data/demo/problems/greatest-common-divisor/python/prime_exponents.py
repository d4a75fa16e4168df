from collections import Counter


def factorize(n):
    """Map every prime of n to its exponent."""
    primes = Counter()
    p = 2
    while p * p <= n:
        if n % p:
            p += 1
        else:
            primes[p] += 1
            n //= p
    if n > 1:
        primes[n] += 1
    return primes


left, right = [int(part.lstrip("-")) for part in input().split(" ")]
if left == 0 or right == 0:
    common_divisor = left + right
else:
    # the intersection of two counters keeps the smaller exponents
    common_divisor = 1
    for prime in (factorize(left) & factorize(right)).elements():
        common_divisor *= prime

print(common_divisor)
