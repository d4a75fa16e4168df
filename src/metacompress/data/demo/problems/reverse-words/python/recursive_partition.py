def flipped(s):
    """Return the words of s, last one first."""
    head, _, tail = s.strip(' ').partition(' ')
    if head == '':
        return []
    return flipped(tail) + [head]

def main():
    try:
        s = input()
    except EOFError:
        s = ''
    print(' '.join(flipped(s)))

main()
