def sum_of_digits(number):
    total = 0
    while number:
        number, digit = divmod(number, 10)
        total += digit
    return total


def digit_root(number):
    while number > 9:
        number = sum_of_digits(number)
    return number


if __name__ == "__main__":
    print(digit_root(int(input())))
