def longest_rising_run(nums):
    if not nums:
        return 0
    longest = length = 1
    for i in range(1, len(nums)):
        if nums[i] > nums[i - 1]:
            length += 1
            longest = max(longest, length)
        else:
            length = 1
    return longest


if __name__ == "__main__":
    n = int(input())
    nums = []
    if n > 0:
        nums = [int(x) for x in input().split()]
    print(longest_rising_run(nums))
