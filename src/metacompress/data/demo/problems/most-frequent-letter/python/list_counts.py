import sys


def main():
    totals = [0] * 26
    for code in sys.stdin.buffer.readline():
        if 65 <= code <= 90:
            totals[code - 65] += 1
        elif 97 <= code <= 122:
            totals[code - 97] += 1

    top = max(totals)
    if top == 0:
        print("-")
    else:
        print(chr(97 + totals.index(top)))


main()
