import sys

TABLE = [0]
for _ in range(8):
    # numbers with one bit more: same weights plus one
    TABLE += [w + 1 for w in TABLE]


def set_bits(number):
    chunks = number.to_bytes(8, "big")
    return sum(map(TABLE.__getitem__, chunks))


def main(stream):
    for token in stream.read().split():
        print(set_bits(int(token)))


main(sys.stdin)
