def compute_gcd(a, b):
    while b:
        a, b = b, a % b
    return abs(a)


def main():
    first, second = input().split()
    a = int(first)
    b = int(second)
    print(compute_gcd(a, b))


if __name__ == "__main__":
    main()
