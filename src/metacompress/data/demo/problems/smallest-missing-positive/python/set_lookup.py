import sys


def first_missing(numbers):
    present = set(numbers)
    answer = 1
    while answer in present:
        answer += 1
    return answer


if __name__ == "__main__":
    tokens = sys.stdin.read().split()
    n = int(tokens[0])
    numbers = [int(t) for t in tokens[1:n + 1]]
    print(first_missing(numbers))
