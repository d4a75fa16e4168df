def reverse_number(n):
    result = 0
    while n > 0:
        n, digit = divmod(n, 10)
        result = result * 10 + digit
    return result


def main():
    n = int(input())
    print(reverse_number(n))


if __name__ == "__main__":
    main()
