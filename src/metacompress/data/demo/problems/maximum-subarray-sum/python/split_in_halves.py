import sys


def crossing(a, lo, mid, hi):
    left = right = float("-inf")
    total = 0
    for i in reversed(range(lo, mid)):
        total += a[i]
        left = max(left, total)
    total = 0
    for i in range(mid, hi):
        total += a[i]
        right = max(right, total)
    return left + right


def maximum_subarray(a, lo, hi):
    """Best block inside a[lo:hi], which must not be empty."""
    if hi - lo == 1:
        return a[lo]
    mid = (lo + hi) // 2
    return max(maximum_subarray(a, lo, mid), maximum_subarray(a, mid, hi), crossing(a, lo, mid, hi))


n, *a = (int(w) for w in sys.stdin.read().split())
print(maximum_subarray(a, 0, n) if n > 0 else 0)
