def prime_stream(n):
    """Yield the prime factors of n in ascending order, repeated."""
    f = 2
    while n > 1:
        if n % f == 0:
            yield f
            n //= f
        elif f * f > n:
            f = n
        else:
            f += 1


def count_divisors_of(n):
    if n < 1:
        return 0
    total, last, fresh = 1, None, 0
    for f in prime_stream(n):
        if f != last:
            fresh = total       # divisors known before this prime
            last = f
        total += fresh
    return total


if __name__ == "__main__":
    print(count_divisors_of(int(input().strip())))
