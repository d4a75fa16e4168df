import re

def longest_word(text):
    for match in re.finditer(r'[a-z]+', text, flags=re.I | re.A):
        first, last = match.span()
        yield last - first

def main():
    try:
        text = input()
    except EOFError:
        print(0)
        return
    print(max(longest_word(text), default=0))

main()
