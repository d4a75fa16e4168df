import sys


def caesar_moved(code):
    letter = code | 32          # same letter in lower case
    if letter < 97 or letter > 122 or code < 65:
        return code
    if letter >= 120:
        return code - 23
    return code + 3


def main(source, sink):
    while True:
        chunk = source.read(1)
        if not chunk or chunk == b"\n":
            break
        sink.write(bytes([caesar_moved(chunk[0])]))
    sink.write(b"\n")
    sink.flush()


main(sys.stdin.buffer, sys.stdout.buffer)
