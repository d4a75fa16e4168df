import re
import sys


def split_words(text):
    pieces = re.split(r"[^A-Za-z]+", text)
    # a separator at either edge leaves an empty piece behind
    return [piece for piece in pieces if piece]


def main():
    everything = sys.stdin.read()
    first, _, _ = everything.partition("\n")
    print(len(split_words(first)))


main()
