from sys import stdin


def find_rotation(ring):
    low, high = 0, len(ring) - 1
    while low < high:
        mid = (low + high) // 2
        if ring[mid] < ring[high]:
            high = mid
        else:
            low = mid + 1
    return low


stdin.readline()
ring = [int(s) for s in stdin.readline().split()]
print(find_rotation(ring))
