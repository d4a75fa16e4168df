def sum_of_digits(number):
    total = 0
    while number:
        number, digit = divmod(number, 10)
        total += digit
    return total


def reduce_number(number):
    while number > 9:
        number = sum_of_digits(number)
    return number


if __name__ == "__main__":
    print(reduce_number(int(input())))
