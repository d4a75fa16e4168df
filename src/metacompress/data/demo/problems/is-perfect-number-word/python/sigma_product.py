from sys import stdin


def sigma(n):
    result, p = 1, 2
    while n > 1:
        if p * p > n:
            p = n
        power = 1
        while n % p == 0:
            n //= p
            power *= p
        # closed form of 1 + p + ... + power
        result *= (power * p - 1) // (p - 1)
        p += 1
    return result


def perfect_number(n):
    if n == 0:
        return 'deficient'
    twice, s = 2 * n, sigma(n)
    return 'perfect' if s == twice else ('abundant' if s > twice else 'deficient')


print(perfect_number(int(stdin.read())))
