from sys import stdin

modulus = 10 ** 6 + 7


def pow_mod(x, n):
    """x to the n, halving the exponent at each level."""
    if n == 0:
        return 1
    half, odd = divmod(n, 2)
    value = pow_mod(x, half) ** 2
    if odd:
        value *= x
    return value % modulus


numbers = [int(word) for word in stdin.readline().split()]
print(pow_mod(numbers[0], numbers[1]))
