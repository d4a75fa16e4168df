from sys import stdin


def twos(x):
    return (x & -x).bit_length() - 1


def gcd_of(u, v):
    if not u or not v:
        return u or v
    shift = min(twos(u), twos(v))
    u >>= twos(u)
    while v:
        v >>= twos(v)
        if u > v:
            u, v = v, u
        v -= u
    return u << shift


if __name__ == '__main__':
    u, v = map(int, stdin.readline().split())
    print(gcd_of(abs(u), abs(v)))
