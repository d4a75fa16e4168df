def solve(values):
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
        print(solve([]))
    else:
        print(solve(map(int, input().split())))


main()
