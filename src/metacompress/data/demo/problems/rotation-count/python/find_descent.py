def rotation_count(a):
    for i in range(1, len(a)):
        if a[i - 1] > a[i]:
            return i
    # never drops: the list is still sorted
    return 0


def main():
    n = int(input())
    if n == 0:
        print(0)
        return
    a = list(map(int, input().split()))
    print(rotation_count(a))


if __name__ == "__main__":
    main()
