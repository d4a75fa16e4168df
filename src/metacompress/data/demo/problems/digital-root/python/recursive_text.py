import sys


def digital_root_of(text: str) -> str:
    """Return the one digit that remains after summing again and again."""
    if len(text) == 1:
        return text
    return digital_root_of(str(sum(map(int, text))))


def main() -> None:
    text = sys.stdin.readline().strip()
    sys.stdout.write(digital_root_of(text))
    sys.stdout.write("\n")


main()
