def reversed_words(s):
    """Return the words of s, last one first."""
    head, _, tail = s.strip(' ').partition(' ')
    if head == '':
        return []
    return reversed_words(tail) + [head]

def main():
    try:
        s = input()
    except EOFError:
        s = ''
    print(' '.join(reversed_words(s)))

main()
