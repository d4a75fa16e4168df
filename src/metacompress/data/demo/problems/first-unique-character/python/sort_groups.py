from itertools import groupby

def first_unique_char(line):
    """Yield (position, character) of every character without a twin."""
    marked = sorted((c, i) for i, c in enumerate(line) if not c.isspace())
    for c, run in groupby(marked, key=lambda pair: pair[0]):
        members = list(run)
        if len(members) == 1:
            yield members[0][1], c

if __name__ == "__main__":
    try:
        line = input()
    except EOFError:
        line = ""
    _, first_unique = min(first_unique_char(line), default=(0, "-"))
    print(first_unique)
