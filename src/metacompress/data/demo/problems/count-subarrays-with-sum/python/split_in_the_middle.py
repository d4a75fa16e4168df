import sys
from collections import Counter
from itertools import accumulate


def count_subarrays(seq: list[int], t: int) -> int:
    if len(seq) <= 1:
        return int(seq == [t])
    cut = len(seq) // 2
    left, right = seq[:cut], seq[cut:]
    # count_subarrays over the cut: the end of the left half plus the start of the right half
    tails = Counter(accumulate(reversed(left)))
    over = sum(tails[t - head] for head in accumulate(right))
    return count_subarrays(left, t) + over + count_subarrays(right, t)


def main() -> None:
    _, *seq, t = map(int, sys.stdin.read().split())
    print(count_subarrays(seq, t))


main()
