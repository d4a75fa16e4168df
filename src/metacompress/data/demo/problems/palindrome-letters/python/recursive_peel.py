import sys


def mirror(s, i, j):
    """Compare s[i..j] from both ends, stepping over anything but letters."""
    if i >= j:
        return True
    if not s[i].isalpha():
        return mirror(s, i + 1, j)
    if not s[j].isalpha():
        return mirror(s, i, j - 1)
    if s[i].casefold() != s[j].casefold():
        return False
    return mirror(s, i + 1, j - 1)


def main():
    s = sys.stdin.read().split("\n", 1)[0]
    if not any(map(str.isalpha, s)):
        print("-")
        return
    print("yes" if mirror(s, 0, len(s) - 1) else "no")


if __name__ == "__main__":
    main()
