from string import ascii_lowercase

def best_letter(text):
    text = text.casefold()
    # max keeps the first of equal candidates
    letter = max(ascii_lowercase, key=text.count)
    if letter in text:
        return letter
    return '-'

if __name__ == '__main__':
    try:
        text = input()
    except EOFError:
        text = ''
    print(best_letter(text))
