import sys


def closest(numbers, target):
    if not numbers:
        return 0
    return min(numbers, key=lambda x: (abs(x - target), x))


def main():
    lines = sys.stdin.read().splitlines()
    numbers = [int(word) for word in lines[1].split()]
    target = int(lines[2])
    print(closest(numbers, target))


if __name__ == "__main__":
    main()
