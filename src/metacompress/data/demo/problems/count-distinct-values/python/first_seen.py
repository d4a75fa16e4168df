import sys


def first_appearances(seq):
    """Yield the elements that do not occur anywhere earlier in the list."""
    for i, x in enumerate(seq):
        if x not in seq[:i]:
            yield x


length = int(sys.stdin.readline())
seq = []
for line in sys.stdin:
    seq.extend(int(part) for part in line.split())

distinct_values = 0
for _ in first_appearances(seq[:length]):
    distinct_values += 1
print(distinct_values)
