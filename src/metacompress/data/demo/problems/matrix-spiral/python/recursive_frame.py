from sys import stdin


def spiral_frame(m):
    """The outer frame of m, followed by whatever is inside it."""
    if not m or not m[0]:
        return []
    if len(m) == 1:
        return m[0]
    if len(m[0]) == 1:
        return [row[0] for row in m]

    right_side = [row[-1] for row in m[1:-1]]
    left_side = [row[0] for row in m[-2:0:-1]]
    inside = [row[1:-1] for row in m[1:-1]]
    return m[0] + right_side + m[-1][::-1] + left_side + spiral_frame(inside)


numbers = [int(token) for token in stdin.read().split()]
n_rows, n_cols = numbers[:2]
body = numbers[2:]
m = [body[k * n_cols:(k + 1) * n_cols] for k in range(n_rows)]
print(*spiral_frame(m), sep=" ")
