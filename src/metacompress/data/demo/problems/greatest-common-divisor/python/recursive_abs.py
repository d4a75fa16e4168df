import sys


def measure_gcd(longer: int, shorter: int) -> int:
    """Both arguments are non-negative."""
    if shorter > longer:
        return measure_gcd(shorter, longer)
    if shorter == 0:
        return longer
    return measure_gcd(shorter, longer % shorter)


def main() -> None:
    numbers = [abs(int(word)) for word in sys.stdin.read().split()]
    print(measure_gcd(numbers[0], numbers[1]))


main()
