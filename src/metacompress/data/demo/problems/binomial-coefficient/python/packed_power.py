def power(base, exponent):
    if exponent == 0:
        return 1
    half = power(base, exponent // 2)
    return half * half * (base if exponent % 2 else 1)


def binomial(n, k):
    # (1 + x)^n with x = 2^64 keeps every binomial in its own field
    if k < 0:
        return 0
    packed = power(1 + (1 << 64), n)
    return (packed >> (64 * k)) & ((1 << 64) - 1)


if __name__ == "__main__":
    first, second = input().strip().split(" ")
    print(binomial(int(first), int(second)))
