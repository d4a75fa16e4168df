from sys import stdin


def longest_run(tokens):
    n = int(next(tokens))
    a = [int(next(tokens)) for _ in range(n)]
    answer = 0
    start = 0
    while start < n:
        end = start + 1
        while end < n and a[end - 1] < a[end]:
            end += 1
        if end - start > answer:
            answer = end - start
        start = end
    return answer


print(longest_run(iter(stdin.read().split())))
