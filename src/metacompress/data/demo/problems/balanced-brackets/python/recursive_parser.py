class Unbalanced(Exception):
    pass


def block(chars, closer):
    """Consume chars up to and including closer (None: up to the end)."""
    for c in chars:
        if c == closer:
            return
        if c in "([{":
            block(chars, {"(": ")", "[": "]", "{": "}"}[c])
        else:
            raise Unbalanced(c)
    if closer is not None:
        raise Unbalanced("end of line")


def main():
    try:
        line = input()
    except EOFError:
        line = ""
    relevant = [c for c in line if c in "()[]{}"]
    if not relevant:
        print("-")
        return
    try:
        block(iter(relevant), None)
    except Unbalanced:
        print("no")
    else:
        print("yes")


if __name__ == "__main__":
    main()
