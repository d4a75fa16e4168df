import sys


def encode_runs(line):
    stack = []
    for c in line:
        if stack and stack[-1][0] == c:
            stack[-1][1] += 1
        else:
            stack.append([c, 1])
    return stack


if __name__ == "__main__":
    lines = sys.stdin.read().splitlines() or [""]
    for symbol, times in encode_runs(lines[0]):
        print(times, symbol, sep="", end="")
    print()
