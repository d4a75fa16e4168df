import sys


def count_inversions(seq):
    if len(seq) <= 1:
        return 0
    pivot = seq[len(seq) // 2]
    low, same, high = [], [], []
    crossing = 0
    for value in seq:
        if value < pivot:
            crossing += len(same) + len(high)
            low.append(value)
        elif value == pivot:
            crossing += len(high)
            same.append(value)
        else:
            high.append(value)
    return crossing + count_inversions(low) + count_inversions(high)


def read(stream):
    header = stream.readline()
    body = stream.readline()
    return list(map(int, body.split()))[:int(header)]


print(count_inversions(read(sys.stdin)))
