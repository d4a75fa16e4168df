import sys


def count_subarrays(numbers, target):
    n = len(numbers)
    count = 0
    for i in range(n):
        for j in range(i + 1, n + 1):
            if sum(numbers[i:j]) == target:
                count += 1
    return count


def main():
    lines = sys.stdin.read().splitlines()
    numbers = [int(word) for word in lines[1].split()]
    target = int(lines[2])
    print(count_subarrays(numbers, target))


if __name__ == "__main__":
    main()
