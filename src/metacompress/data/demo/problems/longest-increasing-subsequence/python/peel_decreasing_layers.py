import sys


def peel(sequence):
    """Remove the elements that have nothing smaller in front of them."""
    remaining = []
    smallest = None
    for item in sequence:
        if smallest is None or item <= smallest:
            smallest = item
        else:
            remaining.append(item)
    return remaining


# The number of layers equals the length of the longest increasing chain.
def longest_increasing_subsequence(sequence):
    layers = 0
    while sequence:
        sequence = peel(sequence)
        layers += 1
    return layers


def main(stream):
    size = int(stream.readline())
    sequence = [int(s) for s in stream.readline().split()]
    print(longest_increasing_subsequence(sequence[:size]))


if __name__ == "__main__":
    main(sys.stdin)
