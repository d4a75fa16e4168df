import sys


def word_count(s, pos, so_far):
    while pos < len(s) and not s[pos].isalpha():
        pos += 1
    if pos == len(s):
        return so_far
    end = pos
    while end < len(s) and s[end].isalpha():
        end += 1
    return word_count(s, end, so_far + 1)


rows = sys.stdin.read().splitlines()
print(word_count(rows[0], 0, 0) if rows else 0)
