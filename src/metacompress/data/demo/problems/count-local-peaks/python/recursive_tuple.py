from sys import stdin


def number_of_peaks(seq):
    if len(seq) < 3:
        return 0
    left, middle, right, *_ = seq
    here = 1 if left < middle and right < middle else 0
    return here + number_of_peaks(seq[1:])


size = int(stdin.readline())
seq = tuple(int(piece) for piece in stdin.readline().split())
if len(seq) != size:
    raise SystemExit("wrong number of elements")
print(number_of_peaks(seq))
