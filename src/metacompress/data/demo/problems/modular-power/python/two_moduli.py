# 1000007 = 29 * 34483, so the power is found for both primes and combined.
P, Q = 29, 34483


def small_power(base, exponent, prime):
    if base % prime == 0:
        return 1 if exponent == 0 else 0
    value = 1
    # Fermat: exponents matter only modulo prime - 1
    for _ in range(exponent % (prime - 1)):
        value = value * base % prime
    return value


def combine(r, s):
    candidate = s
    while candidate % P != r:
        candidate += Q
    return candidate


base, exponent = (int(part) for part in input().split(" "))
print(combine(small_power(base, exponent, P), small_power(base, exponent, Q)))
