import sys
from collections import Counter

data = [int(token) for token in sys.stdin.read().split()]


def saddles(rows, cols, flat):
    # a row minimum never exceeds a column maximum; where they are equal, the
    # element at the crossing is squeezed in between and must be a saddle point
    lows = Counter(min(flat[k * cols:(k + 1) * cols]) for k in range(rows))
    highs = Counter(max(flat[k::cols]) for k in range(cols))
    return sum(lows[value] * highs[value] for value in lows)


if __name__ == "__main__":
    n_rows, n_cols = data[0], data[1]
    saddle_points = saddles(n_rows, n_cols, data[2:])
    print(saddle_points)
