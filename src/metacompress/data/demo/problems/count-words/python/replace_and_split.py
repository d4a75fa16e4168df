def blanked(line: str) -> str:
    out = []
    for c in line:
        if c.isalpha():
            out.append(c)
        else:
            out.append(' ')
    return ''.join(out)

if __name__ == '__main__':
    try:
        line = input()
    except EOFError:
        line = ''
    words_in_line = len(blanked(line).split())
    print(words_in_line)
