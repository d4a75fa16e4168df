#include <stdio.h>

#define LIMIT 1000000

static short known[LIMIT];

static short collatz_steps(long long value)
{
    if (value <= 1)
        return 0;
    if (value < LIMIT && known[value] != 0)
        return known[value];

    short result;
    if (value % 2 != 0)
        result = (short)(collatz_steps(3 * value + 1) + 1);
    else
        result = (short)(collatz_steps(value / 2) + 1);

    if (value < LIMIT)
        known[value] = result;
    return result;
}

int main(void)
{
    int first = 0;
    int ch;

    for (ch = getchar(); ch >= '0' && ch <= '9'; ch = getchar())
        first = first * 10 + (ch - '0');
    printf("%hd\n", collatz_steps(first));
    return 0;
}
