import sys

CODE = {"(": 1, ")": -1, "[": 2, "]": -2, "{": 3, "}": -3}


def bracket_verdict(codes):
    open_codes = []
    for code in codes:
        if code < 0 and open_codes and open_codes[-1] + code == 0:
            open_codes.pop()
        else:
            # an unmatched closer stays on the pile for good
            open_codes.append(code)
    return len(open_codes) == 0


def main():
    codes = []
    while (ch := sys.stdin.read(1)) not in ("", "\n"):
        code = CODE.get(ch, 0)
        if code != 0:
            codes.append(code)
    answers = {True: "yes", False: "no"}
    print(answers[bracket_verdict(codes)] if codes else "-")


if __name__ == "__main__":
    main()
