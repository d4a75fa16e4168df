import sys
from collections import deque


def collect_reversed_words(text: str) -> deque:
    words = deque()
    current = ""
    for c in text + " ":
        if c != " ":
            current += c
        elif current:
            words.appendleft(current)
            current = ""
    return words


if __name__ == "__main__":
    contents = sys.stdin.read().splitlines()
    print(*collect_reversed_words(contents[0] if contents else ""))
