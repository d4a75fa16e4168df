def read():
    n = int(input())
    values = list(map(int, input().split()))
    return n, values, int(input())


def find_kth(values, position):
    buckets = [0] * (max(values) + 1)
    for v in values:
        buckets[v] += 1
    for v, amount in enumerate(buckets):
        if position <= amount:
            return v
        position -= amount


if __name__ == "__main__":
    n, values, k = read()
    if k < 1 or k > n:
        print(-1)
    else:
        print(find_kth(values, k))
