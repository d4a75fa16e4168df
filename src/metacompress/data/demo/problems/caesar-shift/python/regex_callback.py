import re
import sys


def caesar_replacement(m: re.Match) -> str:
    if m.lastgroup == "plain":
        return chr(ord(m.group()) + 3)
    # x, y and z go back to the start of their alphabet
    return chr(ord(m.group()) - 23)


LETTER = re.compile(r"(?P<plain>[a-wA-W])|(?P<wrap>[x-zX-Z])")

text, _, _ = sys.stdin.read().partition("\n")
print(LETTER.sub(caesar_replacement, text))
