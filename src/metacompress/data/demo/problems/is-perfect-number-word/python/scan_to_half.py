def part_sum(n):
    total = 0
    for d in range(1, n // 2 + 1):
        if n % d == 0:
            total += d
    return total


def is_perfect(n):
    total = part_sum(n)
    if n == 0 or total < n:
        return "deficient"
    if total == n:
        return "perfect"
    return "abundant"


if __name__ == "__main__":
    print(is_perfect(int(input())))
