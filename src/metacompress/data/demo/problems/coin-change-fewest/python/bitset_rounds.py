import sys


def coin_change(coins: list[int], amount: int) -> int:
    # bit s of the integer is set when the sum s can be paid
    mask = (1 << (amount + 1)) - 1
    goal = 1 << amount
    payable = 1
    for used in range(amount + 1):
        if payable & goal:
            return used
        wider = payable
        for coin in coins:
            wider |= payable << coin
        wider &= mask
        if wider == payable:
            break
        payable = wider
    return -1


def main() -> None:
    _, *coins, amount = map(int, sys.stdin.read().split())
    print(coin_change(coins, amount))


main()
