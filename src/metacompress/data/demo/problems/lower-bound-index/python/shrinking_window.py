def lower_bound(a, t):
    """Halve the half-open window [low, high) until it is empty."""
    low = 0
    high = len(a)
    while low != high:
        mid = (low + high) // 2
        if a[mid] < t:
            low = mid + 1
        else:
            high = mid
    return low


if __name__ == "__main__":
    input()  # the length is not needed
    a = [int(x) for x in input().split()]
    t = int(input())
    print(lower_bound(a, t))
