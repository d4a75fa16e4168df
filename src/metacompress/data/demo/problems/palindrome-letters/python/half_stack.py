import re
import sys

LETTER = re.compile(r"[a-z]")


class HalfStack:
    def __init__(self, word):
        middle = len(word) // 2
        self.pending = list(word[:middle])
        # with an odd length the central letter matches itself
        self.rest = word[middle + len(word) % 2:]

    def unwinds(self):
        for letter in self.rest:
            if self.pending.pop() != letter:
                return False
        return not self.pending


line = next(sys.stdin, "")
word = LETTER.findall(line.lower())
if __name__ == "__main__":
    if word:
        print("yes" if HalfStack(word).unwinds() else "no")
    else:
        print("-")
