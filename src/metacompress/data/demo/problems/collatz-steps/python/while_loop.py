def is_even(n):
    return n % 2 == 0


def steps_until_one(n):
    steps = 0
    while n > 1:
        if is_even(n):
            n //= 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


if __name__ == "__main__":
    number = int(input())
    print(steps_until_one(number))
