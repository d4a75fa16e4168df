import sys


def is_equilibrium(values, i):
    return sum(values[:i]) == sum(values[i + 1:])


def main():
    data = list(map(int, sys.stdin.read().split()))
    values = data[1:data[0] + 1]
    candidates = (i for i in range(len(values)) if is_equilibrium(values, i))
    print(next(candidates, -1))


if __name__ == "__main__":
    main()
