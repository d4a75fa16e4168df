NAMES = {-1: "deficient", 0: "perfect", 1: "abundant"}


def sign(x):
    return (x > 0) - (x < 0)


def aliquot_sum(n):
    return sum(n // k for k in range(2, n + 1) if not n % k)


def main():
    n = int(input().strip())
    print(NAMES[sign(aliquot_sum(n) - n) if n else -1])


if __name__ == "__main__":
    main()
