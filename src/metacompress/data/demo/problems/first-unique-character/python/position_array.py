import sys

NEVER = 1000
MANY = 2000


def main():
    first = [NEVER] * 128
    for i, ch in enumerate(sys.stdin.readline()):
        code = ord(ch)
        first[code] = i if first[code] == NEVER else MANY

    best = NEVER
    answer = "-"
    for code in range(33, 127):
        if first[code] < best:
            best = first[code]
            answer = chr(code)
    sys.stdout.write(answer + "\n")


main()
