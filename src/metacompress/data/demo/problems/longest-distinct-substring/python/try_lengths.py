import sys


def has_distinct_slice(s, size):
    for begin in range(len(s) - size + 1):
        if len(set(s[begin:begin + size])) == size:
            return True
    return False


def main():
    s, _, _ = sys.stdin.read().partition("\n")
    # no slice can beat the number of different characters
    size = len(set(s))
    while not has_distinct_slice(s, size):
        size -= 1
    print(size)


if __name__ == "__main__":
    main()
