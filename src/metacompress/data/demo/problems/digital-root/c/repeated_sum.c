#include <stdio.h>

static int digit_sum(int value)
{
    int total = 0;
    while (value > 0) {
        total += value % 10;
        value /= 10;
    }
    return total;
}

static int root_of_digits(int value)
{
    while (value >= 10)
        value = digit_sum(value);
    return value;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    printf("%d\n", root_of_digits(n));
    return 0;
}
