import sys


def tokens(stream):
    for line in stream:
        yield from line.split()


def majority_element(numbers, n):
    seen = {}
    for number in numbers:
        seen[number] = seen.get(number, 0) + 1
        if seen[number] > n // 2:
            return number
    return -1


def main():
    source = map(int, tokens(sys.stdin))
    n = next(source)
    print(majority_element(source, n))


if __name__ == "__main__":
    main()
