#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static bool beats(int x, int y, int goal)
{
    int dx = x > goal ? x - goal : goal - x;
    int dy = y > goal ? y - goal : goal - y;
    return dx == dy ? x < y : dx < dy;
}

/* The winners of both halves meet in a nearest_value. */
static int nearest_value(const int *from, int len, int goal)
{
    if (len == 1) return *from;
    int half = len / 2;
    int a = nearest_value(from, half, goal);
    int b = nearest_value(from + half, len - half, goal);
    return beats(a, b, goal) ? a : b;
}

int main(void)
{
    int len, goal;
    if (scanf("%d", &len) != 1) return 1;
    int *values = malloc(sizeof *values * (len + 1));
    for (int *p = values; p != values + len; ++p) {
        if (scanf("%d", p) != 1) *p = 0;
    }
    if (scanf("%d", &goal) == 1)
        printf("%d\n", len > 0 ? nearest_value(values, len, goal) : 0);
    free(values);
    return 0;
}
