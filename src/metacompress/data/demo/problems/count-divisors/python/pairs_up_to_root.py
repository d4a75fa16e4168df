def count_divisors(n):
    count = 0
    d = 1
    while d * d <= n:
        if n % d == 0:
            count += 1
            # the partner counts too unless d is the exact root
            if d != n // d:
                count += 1
        d += 1
    return count


if __name__ == "__main__":
    print(count_divisors(int(input())))
