from sys import stdin


def read_list():
    size = int(stdin.readline())
    items = []
    for line in stdin:
        items += [int(piece) for piece in line.split()]
    return items[:size]


def smallest_missing_positive(items):
    # there are only len(items) elements, so 1..len+1 has a free number
    taken = [False] * (len(items) + 2)
    for item in items:
        if 0 < item < len(taken):
            taken[item] = True
    return taken.index(False, 1)


if __name__ == "__main__":
    print(smallest_missing_positive(read_list()))
