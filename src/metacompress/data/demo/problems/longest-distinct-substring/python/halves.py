import sys


def crossing(s, lo, mid, hi):
    """Longest clean part of s[lo:hi] that touches the cut at mid."""
    best = 0
    for i in range(mid, lo - 1, -1):
        seen = set(s[i:mid])
        if len(seen) < mid - i:
            break
        j = mid
        while j < hi and s[j] not in seen:
            seen.add(s[j])
            j += 1
        best = max(best, j - i)
    return best


def distinct_substring(s, lo, hi):
    if hi - lo < 2:
        return hi - lo
    mid = (lo + hi) // 2
    return max(distinct_substring(s, lo, mid), distinct_substring(s, mid, hi), crossing(s, lo, mid, hi))


if __name__ == "__main__":
    for row in sys.stdin:
        row = row.strip("\n")
        print(distinct_substring(row, 0, len(row)))
        break
    else:
        print(0)
