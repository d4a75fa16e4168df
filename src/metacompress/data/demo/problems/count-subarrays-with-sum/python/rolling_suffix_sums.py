def suffix_sums(stream):
    """After each value: the sums of all runs that end with it."""
    sums = []
    for value in stream:
        sums = [s + value for s in sums]
        sums.append(value)
        yield sums


if __name__ == "__main__":
    n = int(input())
    values = map(int, input().split())
    wanted = int(input())
    subarray_sum_count = 0
    for sums in suffix_sums(values):
        subarray_sum_count += sums.count(wanted)
    print(subarray_sum_count)
