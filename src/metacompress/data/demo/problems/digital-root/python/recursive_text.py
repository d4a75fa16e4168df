import sys


def boil_down(text: str) -> str:
    """Return the one digit that remains after summing again and again."""
    if len(text) == 1:
        return text
    return boil_down(str(sum(map(int, text))))


def main() -> None:
    text = sys.stdin.readline().strip()
    sys.stdout.write(boil_down(text))
    sys.stdout.write("\n")


main()
