def max_subarray_sum(numbers):
    best = None
    current = 0
    for x in numbers:
        current += x
        if best is None or current > best:
            best = current
        # a negative run can only hurt what follows
        if current < 0:
            current = 0
    return 0 if best is None else best


def main():
    n = int(input())
    numbers = list(map(int, input().split())) if n else []
    print(max_subarray_sum(numbers[:n]))


if __name__ == "__main__":
    main()
