#include <stdio.h>

static int read_int(int *out)
{
    int c = getchar(), negative = 0, value = 0;
    while (c == ' ' || c == '\n') c = getchar();
    if (c == '-') {
        negative = 1;
        c = getchar();
    }
    if (c < '0' || c > '9') return 0;
    for (; c >= '0' && c <= '9'; c = getchar()) value = 10 * value + (c - '0');
    *out = negative ? -value : value;
    return 1;
}

/* Reduces the two values against each other until one of them is gone. */
static void reduce_gcd(int *x, int *y)
{
    for (;;) {
        if (*y == 0) return;
        *x %= *y;
        if (*x == 0) return;
        *y %= *x;
    }
}

int main(void)
{
    int x, y;
    if (!read_int(&x) || !read_int(&y)) return 1;
    reduce_gcd(&x, &y);
    int left = x + y;
    printf("%d\n", left < 0 ? -left : left);
    return 0;
}
