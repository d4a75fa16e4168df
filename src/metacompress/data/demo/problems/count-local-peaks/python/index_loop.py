import sys


def count_peaks(a):
    peaks = 0
    for i in range(1, len(a) - 1):
        if a[i - 1] < a[i] > a[i + 1]:
            peaks += 1
    return peaks


if __name__ == "__main__":
    words = sys.stdin.read().split()
    n = int(words[0])
    a = [int(w) for w in words[1:n + 1]]
    print(count_peaks(a))
