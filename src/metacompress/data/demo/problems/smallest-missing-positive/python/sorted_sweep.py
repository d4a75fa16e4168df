def smallest_missing(values):
    wanted = 1
    for v in sorted(values):
        if v > wanted:
            break
        if v == wanted:
            wanted += 1
    return wanted


def main():
    n = int(input())
    if n == 0:
        print(smallest_missing([]))
    else:
        print(smallest_missing(map(int, input().split())))


main()
