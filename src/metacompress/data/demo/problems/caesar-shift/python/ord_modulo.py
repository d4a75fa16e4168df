def shift(ch):
    if 'a' <= ch <= 'z':
        return chr((ord(ch) - 97 + 3) % 26 + 97)
    if 'A' <= ch <= 'Z':
        return chr((ord(ch) - 65 + 3) % 26 + 65)
    return ch

def main():
    try:
        text = input()
    except EOFError:
        text = ''
    print(''.join(map(shift, text)))

if __name__ == '__main__':
    main()
