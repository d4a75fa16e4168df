import sys


def longest_increasing_run(seq, pos, streak):
    # streak counts the elements of the run that ends right before pos
    if pos == len(seq):
        return streak
    if pos > 0 and seq[pos - 1] < seq[pos]:
        return longest_increasing_run(seq, pos + 1, streak + 1)
    return max(streak, longest_increasing_run(seq, pos + 1, 1))


def read_sequence(stream):
    wanted = int(stream.readline())
    seq = []
    for line in stream:
        seq += map(int, line.split())
    return tuple(seq[:wanted])


if __name__ == "__main__":
    print(longest_increasing_run(read_sequence(sys.stdin), 0, 0))
