#include <stdio.h>

static unsigned read_number(void)
{
    unsigned value = 0;
    int c;
    while ((c = getchar()) >= '0' && c <= '9')
        value = value * 10 + (unsigned)(c - '0');
    return value;
}

/* Smallest divisor of n in [lo, hi], or 0; the interval is cut in two. */
static unsigned find_divisor(unsigned n, unsigned lo, unsigned hi)
{
    if (lo > hi) return 0;
    if (lo == hi) return n % lo == 0 ? lo : 0;
    unsigned middle = lo + (hi - lo) / 2;
    unsigned found = find_divisor(n, lo, middle);
    return found ? found : find_divisor(n, middle + 1, hi);
}

int main(void)
{
    unsigned n = read_number(), root = 0;
    while ((root + 1) * (root + 1) <= n) root++;

    if (n == 0 || n == 1) puts("neither");
    else puts(find_divisor(n, 2, root) ? "composite" : "prime");
    return 0;
}
