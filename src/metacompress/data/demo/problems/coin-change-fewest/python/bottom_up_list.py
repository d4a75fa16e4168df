import sys


def fewest_coins(coins, amount):
    infinity = float("inf")
    best = [0] + [infinity] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            best[total] = min(best[total], best[total - coin] + 1)
    return best[amount] if best[amount] != infinity else -1


def main():
    lines = sys.stdin.read().splitlines()
    coins = list(map(int, lines[1].split()))
    amount = int(lines[2])
    print(fewest_coins(coins, amount))


if __name__ == "__main__":
    main()
