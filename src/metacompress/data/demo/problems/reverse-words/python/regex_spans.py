import re
import sys

WORD = re.compile(r"[^ \n]+")


def reversed_spans(line):
    found = []
    for match in WORD.finditer(line):
        found.insert(0, match.span())
    return found


text = next(sys.stdin, "")
out = []
for begin, end in reversed_spans(text):
    if out:
        out.append(" ")
    out.append(text[begin:end])
sys.stdout.write("".join(out) + "\n")
