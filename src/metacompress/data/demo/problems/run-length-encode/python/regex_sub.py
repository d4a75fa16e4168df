import re
import sys


def shorten_run_length(match):
    whole = match.group(0)
    return str(len(whole)) + whole[0]


def main():
    source = sys.stdin.read()
    line, _, _ = source.partition("\n")
    sys.stdout.write(re.sub(r"(.)\1*", shorten_run_length, line))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
