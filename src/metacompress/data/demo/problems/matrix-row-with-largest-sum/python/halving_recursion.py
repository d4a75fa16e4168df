from sys import stdin


def largest_row(matrix, low, high):
    """Return (sum, index) of the best row in matrix[low:high]."""
    if high - low == 1:
        return sum(matrix[low]), low
    middle = (low + high) // 2
    left = largest_row(matrix, low, middle)
    right = largest_row(matrix, middle, high)
    # on a tie the row further up stays
    if left[0] >= right[0]:
        return left
    return right


tokens = [int(t) for t in stdin.read().split()]
r, c = tokens[0], tokens[1]
matrix = [tokens[2 + i * c:2 + (i + 1) * c] for i in range(r)]
print(largest_row(matrix, 0, r)[1])
