import sys


def best_from(seq, pos, streak):
    # streak counts the elements of the run that ends right before pos
    if pos == len(seq):
        return streak
    if pos > 0 and seq[pos - 1] < seq[pos]:
        return best_from(seq, pos + 1, streak + 1)
    return max(streak, best_from(seq, pos + 1, 1))


def read_sequence(stream):
    wanted = int(stream.readline())
    seq = []
    for line in stream:
        seq += map(int, line.split())
    return tuple(seq[:wanted])


if __name__ == "__main__":
    print(best_from(read_sequence(sys.stdin), 0, 0))
