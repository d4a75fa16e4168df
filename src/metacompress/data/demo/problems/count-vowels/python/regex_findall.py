import re
import sys

pattern = re.compile("[aeiou]", re.IGNORECASE | re.ASCII)

def vowels_in_line(s):
    matches = pattern.findall(s)
    return len(matches)

def first_line(stream):
    for s in stream:
        return s
    return ""

if __name__ == "__main__":
    print(vowels_in_line(first_line(sys.stdin)))
