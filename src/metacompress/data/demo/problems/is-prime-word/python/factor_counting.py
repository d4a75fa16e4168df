def prime_factors(n):
    """List the prime factors of n with repetition."""
    found = []
    candidate = 2
    while n > 1:
        if candidate * candidate > n:
            candidate = n
        quotient, remainder = divmod(n, candidate)
        if remainder:
            candidate += 1
        else:
            found.append(candidate)
            n = quotient
    return found


names = {0: "neither", 1: "prime"}
n = int(input().strip())
how_many = len(prime_factors(n))
print(names.get(how_many, "composite"))
