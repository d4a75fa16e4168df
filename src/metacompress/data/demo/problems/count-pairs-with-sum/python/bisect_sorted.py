from bisect import bisect_left, bisect_right


def ask():
    n = int(input())
    a = sorted(map(int, input().split()))
    t = int(input())
    return n, a, t


def pair_sum_count(a, i, t):
    need = t - a[i]
    low = bisect_left(a, need, i + 1)
    high = bisect_right(a, need, i + 1)
    return high - low


if __name__ == "__main__":
    n, a, t = ask()
    pairs_with_sum = 0
    for i in range(n):
        pairs_with_sum += pair_sum_count(a, i, t)
    print(pairs_with_sum)
