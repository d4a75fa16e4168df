import sys


def number_of_vowels(s, lo, hi):
    size = hi - lo
    if size <= 0:
        return 0
    if size == 1:
        c = s[lo]
        if c == "a" or c == "e" or c == "i" or c == "o" or c == "u":
            return 1
        return 0
    mid = (lo + hi) // 2
    return number_of_vowels(s, lo, mid) + number_of_vowels(s, mid, hi)


data = sys.stdin.read().partition("\n")[0].casefold()
print(number_of_vowels(data, 0, len(data)))
