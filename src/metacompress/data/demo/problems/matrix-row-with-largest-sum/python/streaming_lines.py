def read_ints():
    return map(int, input().split())


def find_richest_row(n):
    richest = None
    wealth = 0
    for number in range(n):
        total = 0
        for value in read_ints():
            total += value
        if richest is None or total > wealth:
            richest, wealth = number, total
    return richest


if __name__ == "__main__":
    n, _ = read_ints()
    print(find_richest_row(n))
