import sys
from itertools import groupby


def length_of_longest_word(s: str) -> list[int]:
    result = []
    for is_word, chars in groupby(s, key=str.isalpha):
        if is_word:
            result.append(len(list(chars)))
    return result


if __name__ == "__main__":
    content = sys.stdin.read().splitlines() or [""]
    found = sorted(length_of_longest_word(content[0]))
    print(found.pop() if found else 0)
