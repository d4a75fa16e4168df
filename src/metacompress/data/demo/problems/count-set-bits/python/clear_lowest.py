from sys import stdin, stdout


def strip_lowest(x):
    return x & (x - 1)


def bit_rounds_until_zero(x):
    rounds = 0
    while x:
        x = strip_lowest(x)
        rounds += 1
    return rounds


number = int(stdin.read().strip())
stdout.write("%d\n" % bit_rounds_until_zero(number))
