import sys

UP, OTHER = range(2)


def numbers(stream):
    for line in stream:
        for word in line.split():
            yield int(word)


def main():
    source = numbers(sys.stdin)
    next(source)    # the count is not needed, the stream simply ends
    state, found = OTHER, 0
    last = next(source, None)
    for current in source:
        if current > last:
            state = UP
        else:
            if state == UP and current < last:
                found += 1
            state = OTHER
        last = current
    print(found)


main()
