from functools import cache


@cache
def count_coins(rest, coins):
    """Number of coins for rest, or None if it cannot be paid."""
    if rest == 0:
        return 0
    options = []
    for coin in coins:
        if coin <= rest:
            others = count_coins(rest - coin, coins)
            if others is not None:
                options.append(others + 1)
    return min(options, default=None)


if __name__ == "__main__":
    n = int(input())
    coins = tuple(map(int, input().split()))[:n]
    answer = count_coins(int(input()), coins)
    print(-1 if answer is None else answer)
