from sys import stdin

modulus = 10 ** 6 + 7


def raise_to(x, n):
    """x to the n, halving the exponent at each level."""
    if n == 0:
        return 1
    half, odd = divmod(n, 2)
    value = raise_to(x, half) ** 2
    if odd:
        value *= x
    return value % modulus


numbers = [int(word) for word in stdin.readline().split()]
print(raise_to(numbers[0], numbers[1]))
