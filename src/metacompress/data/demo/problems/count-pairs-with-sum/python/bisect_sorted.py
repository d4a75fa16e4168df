from bisect import bisect_left, bisect_right


def ask():
    n = int(input())
    a = sorted(map(int, input().split()))
    t = int(input())
    return n, a, t


def partners_to_the_right(a, i, t):
    need = t - a[i]
    low = bisect_left(a, need, i + 1)
    high = bisect_right(a, need, i + 1)
    return high - low


if __name__ == "__main__":
    n, a, t = ask()
    answer = 0
    for i in range(n):
        answer += partners_to_the_right(a, i, t)
    print(answer)
