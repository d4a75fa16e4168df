import re
import sys

pattern = re.compile("[aeiou]", re.IGNORECASE | re.ASCII)

def how_many(s):
    matches = pattern.findall(s)
    return len(matches)

def first_line(stream):
    for s in stream:
        return s
    return ""

if __name__ == "__main__":
    print(how_many(first_line(sys.stdin)))
