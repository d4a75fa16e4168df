#include <stdio.h>

typedef enum { FLAT, RISING, FALLING } Slope;

static Slope slope_between(int from, int to)
{
    if (to > from) return RISING;
    if (to < from) return FALLING;
    return FLAT;
}

/* A peak is a rise that is followed at once by a fall. */
static unsigned number_of_peaks(int steps, int height)
{
    unsigned turns = 0;
    Slope before = FLAT;
    while (steps-- > 0) {
        int next;
        if (scanf("%d", &next) != 1)
            break;
        Slope now = slope_between(height, next);
        if (before == RISING && now == FALLING)
            turns++;
        before = now;
        height = next;
    }
    return turns;
}

int main(void)
{
    int length, start;
    if (scanf("%d", &length) != 1)
        return 1;
    if (length == 0 || scanf("%d", &start) != 1) {
        puts("0");
        return 0;
    }
    printf("%u\n", number_of_peaks(length - 1, start));
    return 0;
}
