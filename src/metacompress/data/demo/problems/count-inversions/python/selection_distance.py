from sys import stdin


def inversions(items):
    """Pull out the minimum again and again; its index is what it had to jump over."""
    pool = list(items)
    distance = 0
    while pool:
        where = pool.index(min(pool))
        distance += where
        del pool[where]
    return distance


if __name__ == "__main__":
    tokens = (int(t) for t in stdin.read().split())
    length = next(tokens)
    print(inversions(next(tokens) for _ in range(length)))
