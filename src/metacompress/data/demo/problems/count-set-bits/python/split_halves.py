WIDTH = 32  # a power of two, wide enough for every input


def count_set_bits(word, width):
    """Weight of a word that is width bits wide."""
    if width == 1:
        return word
    half = width // 2
    upper, lower = divmod(word, 1 << half)
    if upper == 0:
        return count_set_bits(lower, half)
    return count_set_bits(upper, half) + count_set_bits(lower, half)


if __name__ == '__main__':
    print(count_set_bits(int(input()), WIDTH))
