import sys


def scan(base, bits, m):
    acc = 1
    for bit in bits:
        acc = acc * acc % m
        if bit == '1':
            acc = acc * base % m
    return acc


def power_mod(text):
    base, exponent = text.split()
    return scan(int(base), format(int(exponent), 'b'), 1000007)


if __name__ == '__main__':
    for line in sys.stdin:
        sys.stdout.write(str(power_mod(line)) + '\n')
