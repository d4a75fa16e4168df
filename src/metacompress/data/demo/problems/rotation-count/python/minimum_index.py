import sys


def rotation_count(numbers):
    # pairs compare by value first, so the minimum brings its position along
    pairs = ((value, index) for index, value in enumerate(numbers))
    _, index = min(pairs, default=(None, 0))
    return index


if __name__ == "__main__":
    tokens = sys.stdin.read().split()
    n = int(tokens[0])
    numbers = []
    for token in tokens[1:n + 1]:
        numbers.append(int(token))
    print(rotation_count(numbers))
