def choose(n, k):
    if k < 0 or k > n:
        return 0
    result = 1
    for i in range(1, min(k, n - k) + 1):
        result = result * (n - i + 1) // i
    return result


def main():
    n, k = map(int, input().split())
    print(choose(n, k))


if __name__ == "__main__":
    main()
