from sys import stdin


def leader(seq):
    """Majority of a non-empty sequence, or None."""
    size = len(seq)
    if size == 1:
        return seq[0]
    half = size // 2
    for part in (seq[:half], seq[half:]):
        candidate = leader(part)
        if candidate is not None and 2 * seq.count(candidate) > size:
            return candidate
    return None


def read_sequence():
    stdin.readline()
    return [int(s) for s in stdin.readline().split()]


seq = read_sequence()
answer = leader(seq) if seq else None
print(-1 if answer is None else answer)
