def half_and_half(digits, lo, hi):
    if hi - lo == 1:
        return digits[lo]
    mid = (lo + hi) // 2
    left = half_and_half(digits, lo, mid)
    right = half_and_half(digits, mid, hi)
    both = left + right
    return both if both < 10 else both - 9


def root_of_digits(line):
    digits = tuple(int(c) for c in line)
    return half_and_half(digits, 0, len(digits))


if __name__ == "__main__":
    print(root_of_digits(input().strip()))
