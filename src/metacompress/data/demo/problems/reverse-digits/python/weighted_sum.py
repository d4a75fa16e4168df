def reversed_place_values(count):
    value = 1
    for _ in range(count):
        yield value
        value *= 10


digits = input().strip()
# the leftmost digit becomes the units digit
total = 0
for ch, value in zip(digits, reversed_place_values(len(digits))):
    total += int(ch) * value

if __name__ == "__main__":
    print(total)
