def ones_in_bits(n):
    count = 0
    while n > 0:
        count += n & 1
        n >>= 1
    return count


def main():
    n = int(input())
    print(ones_in_bits(n))


if __name__ == "__main__":
    main()
