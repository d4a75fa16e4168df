def main():
    n = int(input())
    a = list(map(int, input().split())) if n > 0 else []
    print(lis_length(a))


def lis_length(a):
    # best[i]: longest increasing subsequence that ends exactly at i
    best = [1] * len(a)
    for i in range(len(a)):
        for j in range(i):
            if a[j] < a[i]:
                best[i] = max(best[i], best[j] + 1)
    return max(best, default=0)


main()
