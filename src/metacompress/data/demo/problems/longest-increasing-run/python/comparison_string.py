import sys


def increasing_signs(values):
    """One character per neighbouring pair: '<' for a rise, '|' otherwise."""
    pairs = zip(values, values[1:])
    return "".join("<" if a < b else "|" for a, b in pairs)


def main():
    count, *values = map(int, sys.stdin.read().split())
    if count == 0:
        print(0)
        return
    rises = increasing_signs(values).split("|")
    print(max(len(r) for r in rises) + 1)


main()
