import sys


def swap_ends(cells):
    left, right = 0, len(cells) - 1
    while left < right:
        cells[left], cells[right] = cells[right], cells[left]
        left += 1
        right -= 1


def reverse_digits(number):
    cells = list(str(number))
    swap_ends(cells)
    return int("".join(cells))


sys.stdout.write(str(reverse_digits(int(sys.stdin.readline()))) + "\n")
