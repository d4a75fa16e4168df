def trailing_zeros(x):
    return (x & -x).bit_length() - 1


def collatz_steps(x):
    if x == 0:
        return 0
    halvings = trailing_zeros(x)
    triplings = 0
    x >>= halvings
    while x != 1:
        x = 3 * x + 1
        triplings += 1
        z = trailing_zeros(x)
        halvings += z
        x >>= z
    return halvings + triplings


print(collatz_steps(int(input())))
