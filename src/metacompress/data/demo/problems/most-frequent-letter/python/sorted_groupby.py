import re
import sys
from itertools import groupby


def most_frequent(letters: str) -> str:
    best_size, best = 0, "-"
    for letter, members in groupby(sorted(letters)):
        size = len(list(members))
        if size > best_size:
            best_size, best = size, letter
    return best


content = sys.stdin.read()
first, _, _ = content.partition("\n")
print(most_frequent(re.sub("[^a-z]", "", first.lower())))
