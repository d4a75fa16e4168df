import sys


def backwards(text: str) -> str:
    """Flip the text and drop the zeros that end up in front."""
    flipped = text[::-1].lstrip("0")
    return flipped if flipped else "0"


def reversed_digits(stream=sys.stdin) -> None:
    line = stream.readline().strip()
    print(backwards(line))


reversed_digits()
