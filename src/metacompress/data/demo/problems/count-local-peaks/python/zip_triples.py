def peaks(heights):
    triples = zip(heights, heights[1:], heights[2:])
    return sum(mid > max(before, after) for before, mid, after in triples)


def read_heights():
    n = int(input())
    if n == 0:
        return []
    return list(map(int, input().split()))


if __name__ == "__main__":
    heights = read_heights()
    print(peaks(heights))
