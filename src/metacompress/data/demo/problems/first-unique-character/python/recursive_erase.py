import sys


def first_unique_character(s: str) -> str:
    if s == "":
        return "-"
    head, tail = s[0], s[1:]
    if head in tail:
        return first_unique_character(tail.replace(head, ""))
    return head


if __name__ == "__main__":
    content = sys.stdin.read()
    lines = content.splitlines()
    words = lines[0].split() if lines else []
    print(first_unique_character("".join(words)))
