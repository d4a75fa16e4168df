from sys import stdin


def small_primes(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, int(limit ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = bytes(len(range(i * i, limit + 1, i)))
    return [i for i, alive in enumerate(flags) if alive]


value = int(stdin.read())
prime_or_not = "neither"
if value > 1:
    prime_or_not = "prime"
    for p in small_primes(31623):
        if p >= value:
            break
        if value % p == 0:
            prime_or_not = "composite"
            break
print(prime_or_not)
