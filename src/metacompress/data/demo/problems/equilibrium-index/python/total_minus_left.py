def equilibrium(nums):
    total = sum(nums)
    left = 0
    for i, x in enumerate(nums):
        if left == total - left - x:
            return i
        left += x
    return -1


if __name__ == "__main__":
    n = int(input())
    nums = []
    if n:
        nums = [int(s) for s in input().split()]
    print(equilibrium(nums))
