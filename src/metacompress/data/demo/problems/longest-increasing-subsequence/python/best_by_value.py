from sys import stdin


def read_numbers():
    tokens = iter(stdin.read().split())
    remaining = int(next(tokens))
    while remaining:
        yield int(next(tokens))
        remaining -= 1


def increasing_subsequence(stream):
    chain_ending_with = {}
    for value in stream:
        shorter = (length for end, length in chain_ending_with.items() if end < value)
        chain_ending_with[value] = 1 + max(shorter, default=0)
    if not chain_ending_with:
        return 0
    return max(chain_ending_with.values())


if __name__ == "__main__":
    print(increasing_subsequence(read_numbers()))
