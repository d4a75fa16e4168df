import sys

DROP = str.maketrans("", "", "aAeEiIoOuU")


def main():
    """Delete all vowels and see how much shorter the line became."""
    lines = sys.stdin.read().splitlines()
    if not lines:
        print("0")
        return
    original = lines[0]
    remaining = original.translate(DROP)
    print(len(original) - len(remaining))


if __name__ == "__main__":
    main()
