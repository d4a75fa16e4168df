from sys import stdin


def min_coins(coins, goal):
    reached = {0}
    newest = {0}
    rounds = 0
    while newest:
        if goal in newest:
            return rounds
        sums = {s + coin for s in newest for coin in coins}
        newest = {s for s in sums if s <= goal} - reached
        reached |= newest
        rounds += 1
    return -1


tokens = list(map(int, stdin.read().split()))
count = tokens[0]
print(min_coins(tokens[1:1 + count], tokens[1 + count]))
