def biggest_factor(n):
    best = 1
    p = 2
    while p * p <= n:
        while n % p == 0:
            best = p
            n //= p
        p += 1
    if n > 1:
        best = n
    return best


if __name__ == "__main__":
    print(biggest_factor(int(input())))
