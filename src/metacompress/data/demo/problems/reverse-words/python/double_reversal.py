import sys


def flip_words(chars, i, j):
    j -= 1
    while i < j:
        chars[i], chars[j] = chars[j], chars[i]
        i, j = i + 1, j - 1


def main():
    data, _, _ = sys.stdin.read().partition("\n")
    chars = list(data)
    flip_words(chars, 0, len(chars))
    start = None
    pieces = []
    for k, ch in enumerate(chars + [" "]):
        if ch != " " and start is None:
            start = k
        if ch == " " and start is not None:
            # the word itself is backwards now, turn it round again
            flip_words(chars, start, k)
            pieces.append("".join(chars[start:k]))
            start = None
    print(" ".join(pieces))


if __name__ == "__main__":
    main()
