#include <stdio.h>

static long top_place(long value)
{
    long place = 1;
    while (place * 10 <= value)
        place *= 10;
    return place;
}

static long reverse_digit_places(long value)
{
    long out = 0, low = 1;
    for (long high = top_place(value); high >= 1; high /= 10, low *= 10)
        out += value / high % 10 * low;
    return out;
}

int main(void)
{
    long value = 0;
    if (scanf(" %ld", &value) == 1) {
        printf("%ld\n", reverse_digit_places(value));
        return 0;
    }
    return 1;
}
