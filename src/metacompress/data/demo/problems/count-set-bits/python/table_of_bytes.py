import sys

TABLE = [0]
for _ in range(8):
    # numbers with one bit more: same weights plus one
    TABLE += [w + 1 for w in TABLE]


def weight(number):
    chunks = number.to_bytes(8, "big")
    return sum(map(TABLE.__getitem__, chunks))


def main(stream):
    for token in stream.read().split():
        print(weight(int(token)))


main(sys.stdin)
