import sys


def longest_word_length(s):
    """table[i] is the number of consecutive letters that start at i."""
    table = [0] * (len(s) + 1)
    for i in reversed(range(len(s))):
        code = ord(s[i])
        if 65 <= code <= 90 or 97 <= code <= 122:
            table[i] = table[i + 1] + 1
    return table


data, _, _ = sys.stdin.read().partition("\n")
sys.stdout.write("%d\n" % max(longest_word_length(data)))
