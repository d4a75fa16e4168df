import sys


def next_row(row: list[int]) -> list[int]:
    return [a + b for a, b in zip([0] + row, row + [0])]


def binomial_entry(depth: int, index: int) -> int:
    row = [1]
    for _ in range(depth):
        row = next_row(row)
    # a negative index must not count from the end
    return row[index] if 0 <= index < len(row) else 0


depth_text, index_text = sys.stdin.readline().split()
print(binomial_entry(int(depth_text), int(index_text)))
