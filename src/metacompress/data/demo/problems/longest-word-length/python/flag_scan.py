import sys


def max_word_length(line):
    best = 0
    length = 0
    for ch in line:
        if ch.isalpha():
            length += 1
            best = max(best, length)
        else:
            length = 0
    return best


if __name__ == "__main__":
    print(max_word_length(sys.stdin.readline()))
