MOD = 1000007


def power(base, exponent):
    result = 1
    base %= MOD
    while exponent > 0:
        if exponent % 2 == 1:
            result = result * base % MOD
        base = base * base % MOD
        exponent //= 2
    return result


if __name__ == "__main__":
    b, e = map(int, input().split())
    print(power(b, e))
