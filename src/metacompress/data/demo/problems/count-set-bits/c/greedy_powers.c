#include <stdio.h>

/* Writes the value as a sum of distinct powers of two, largest first. */
static int bit_terms(int value, int power)
{
    if (value == 0)
        return 0;
    if (power > value)
        return bit_terms(value, power / 2);
    return 1 + bit_terms(value - power, power / 2);
}

int main(void)
{
    int value = 0;
    const int highest = 1 << 29;
    int fields = scanf("%d", &value);

    if (fields == 1) printf("%d\n", bit_terms(value, highest));
    return fields != 1;
}
