from sys import stdin


def lower_index(values, bound):
    candidates = (i for i, value in enumerate(values) if value >= bound)
    return next(candidates, len(values))


def parse(text):
    size, *rest = map(int, text.split())
    *values, bound = rest
    if len(values) != size:
        raise ValueError("wrong number of values")
    return values, bound


values, bound = parse(stdin.read())
print(lower_index(values, bound))
