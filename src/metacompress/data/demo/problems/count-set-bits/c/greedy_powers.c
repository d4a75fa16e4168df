#include <stdio.h>

/* Writes the value as a sum of distinct powers of two, largest first. */
static int terms(int value, int power)
{
    if (value == 0)
        return 0;
    if (power > value)
        return terms(value, power / 2);
    return 1 + terms(value - power, power / 2);
}

int main(void)
{
    int value = 0;
    const int highest = 1 << 29;
    int fields = scanf("%d", &value);

    if (fields == 1) printf("%d\n", terms(value, highest));
    return fields != 1;
}
