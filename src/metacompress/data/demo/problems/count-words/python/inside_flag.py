import sys


def words_in(line):
    words = 0
    inside = False
    for ch in line:
        if not ch.isalpha():
            inside = False
        elif not inside:
            inside = True
            words += 1
    return words


if __name__ == "__main__":
    line = sys.stdin.readline()
    print(words_in(line))
