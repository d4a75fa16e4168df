from collections import deque

def palindrome(line: str) -> str:
    d = deque()
    for c in line:
        if 'a' <= c <= 'z' or 'A' <= c <= 'Z':
            d.append(c.upper())
    if len(d) == 0:
        return '-'
    while len(d) >= 2:
        if d.popleft() != d.pop():
            return 'no'
    return 'yes'

def main():
    try:
        line = input()
    except EOFError:
        line = ''
    print(palindrome(line))

main()
