from collections import Counter


def vowels(line: str) -> int:
    frequency = Counter(line.lower())
    total = 0
    for v in ("a", "e", "i", "o", "u"):
        total += frequency[v]
    return total


if __name__ == "__main__":
    try:
        print(vowels(input()))
    except EOFError:
        # nothing to read means nothing to count
        print(0)
