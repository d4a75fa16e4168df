import sys

PAIRS = {")": "(", "]": "[", "}": "{"}


def balanced(line):
    stack = []
    seen = False
    for ch in line:
        if ch in PAIRS.values():
            seen = True
            stack.append(ch)
        elif ch in PAIRS:
            if not stack or stack.pop() != PAIRS[ch]:
                return "no"
    if not seen:
        return "-"
    return "no" if stack else "yes"


if __name__ == "__main__":
    print(balanced(sys.stdin.readline()))
