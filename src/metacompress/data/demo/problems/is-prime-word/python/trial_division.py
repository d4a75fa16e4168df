def prime_word(n):
    if n < 2:
        return "neither"
    d = 2
    while d * d <= n:
        if n % d == 0:
            return "composite"
        d += 1
    return "prime"


def main():
    n = int(input())
    print(prime_word(n))


main()
