import sys


def measure(longer: int, shorter: int) -> int:
    """Both arguments are non-negative."""
    if shorter > longer:
        return measure(shorter, longer)
    if shorter == 0:
        return longer
    return measure(shorter, longer % shorter)


def main() -> None:
    numbers = [abs(int(word)) for word in sys.stdin.read().split()]
    print(measure(numbers[0], numbers[1]))


main()
