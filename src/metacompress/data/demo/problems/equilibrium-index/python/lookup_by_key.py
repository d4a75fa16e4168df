import sys


def read(stream):
    tokens = iter(stream.read().split())
    for _ in range(int(next(tokens))):
        yield int(next(tokens))


def first_equilibrium(numbers):
    earliest = {}
    so_far = 0
    for position, number in enumerate(numbers):
        # left + number + right == total with left == right
        key = so_far + so_far + number
        if key not in earliest:
            earliest[key] = position
        so_far += number
    return earliest.get(so_far, -1)


print(first_equilibrium(read(sys.stdin)))
