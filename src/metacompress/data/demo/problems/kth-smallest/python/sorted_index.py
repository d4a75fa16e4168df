import sys


def kth_smallest(numbers, k):
    if not 1 <= k <= len(numbers):
        return -1
    return sorted(numbers)[k - 1]


def main():
    lines = sys.stdin.read().splitlines()
    numbers = [int(word) for word in lines[1].split()]
    k = int(lines[2])
    print(kth_smallest(numbers, k))


if __name__ == "__main__":
    main()
