#include <stdbool.h>
#include <stdio.h>

enum { TOP = 31622 };           /* largest prime that may divide twice */

static bool marked[TOP + 1];

static void mark_multiples(int of)
{
    for (int m = of + of; m <= TOP; m += of)
        marked[m] = true;
}

static int divisor_multiplicity(long *target, int p)
{
    int m = 0;
    while (*target % p == 0) {
        *target /= p;
        m++;
    }
    return m;
}

int main(void)
{
    long target;
    int ways = 1;

    if (scanf("%ld", &target) != 1)
        return 1;
    if (target == 0)
        ways = 0;
    for (int i = 2; i <= TOP && target > 1; i++) {
        if (marked[i])
            continue;
        mark_multiples(i);
        ways *= 1 + divisor_multiplicity(&target, i);
    }
    printf("%d\n", target > 1 ? 2 * ways : ways);
    return 0;
}
