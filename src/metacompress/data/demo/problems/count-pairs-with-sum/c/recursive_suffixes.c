#include <stdio.h>

#define MAX_ITEMS 1000

/* Occurrences of `wanted` among the n values from v on. */
static int occurrences(const int *v, int n, int wanted)
{
    if (n == 0)
        return 0;
    return (v[0] == wanted) + occurrences(v + 1, n - 1, wanted);
}

static int pair_sum_count(const int *v, int n, int total)
{
    if (n < 2)
        return 0;
    int with_first = occurrences(v + 1, n - 1, total - v[0]);
    return with_first + pair_sum_count(v + 1, n - 1, total);
}

int main(void)
{
    static int v[MAX_ITEMS];
    int n = 0, total = 0, length = 0;

    scanf("%d", &n);
    if (n > MAX_ITEMS)
        return 1;
    while (length < n) {
        scanf("%d", &v[length]);
        length++;
    }
    scanf("%d", &total);
    printf("%d\n", pair_sum_count(v, n, total));
}
