def flip(matrix):
    # an empty first row means that all columns have been used up
    if not matrix[0]:
        return []
    first = [row[0] for row in matrix]
    rest = [row[1:] for row in matrix]
    return [first] + flip(rest)


def read_matrix():
    n_rows, n_cols = (int(x) for x in input().split())
    matrix = []
    for _ in range(n_rows):
        row = list(map(int, input().split()))
        assert len(row) == n_cols
        matrix.append(row)
    return matrix


if __name__ == "__main__":
    flipped = flip(read_matrix())
    print("\n".join(" ".join(map(str, line)) for line in flipped))
