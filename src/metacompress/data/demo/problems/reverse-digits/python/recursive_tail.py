from sys import stdin


def reverse(digits):
    if len(digits) <= 1:
        return digits
    head, *tail = digits
    return reverse(tail) + [head]


def to_number(digits):
    value = 0
    for d in digits:
        value = 10 * value + d
    return value


if __name__ == '__main__':
    row = [int(ch) for ch in stdin.read().strip()]
    print(to_number(reverse(row)))
