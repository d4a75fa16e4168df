def second_largest(numbers):
    first = second = -1
    for x in numbers:
        if x > first:
            first, second = x, first
        elif second < x < first:
            second = x
    return second


def main():
    n = int(input())
    if n == 0:
        print(-1)
        return
    print(second_largest(map(int, input().split())))


if __name__ == "__main__":
    main()
