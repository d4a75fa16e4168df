from bisect import bisect_left


def nearest(ordered, t):
    """ordered is sorted and not empty."""
    right = bisect_left(ordered, t)
    if right == 0:
        return ordered[0]
    if right == len(ordered):
        return ordered[-1]
    before, after = ordered[right - 1], ordered[right]
    return after if after - t < t - before else before


if __name__ == "__main__":
    n = int(input())
    ordered = sorted(int(x) for x in input().split())
    t = int(input())
    print(nearest(ordered, t) if n > 0 else 0)
