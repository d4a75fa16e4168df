WIDTH = 32  # a power of two, wide enough for every input


def weigh(word, width):
    """Weight of a word that is width bits wide."""
    if width == 1:
        return word
    half = width // 2
    upper, lower = divmod(word, 1 << half)
    if upper == 0:
        return weigh(lower, half)
    return weigh(upper, half) + weigh(lower, half)


if __name__ == '__main__':
    print(weigh(int(input()), WIDTH))
