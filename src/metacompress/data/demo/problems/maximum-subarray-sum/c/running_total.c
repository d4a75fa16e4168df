#include <stdio.h>

/* Consumes n numbers from stdin and keeps only the current run. */
static int largest_subarray_sum(int n)
{
    int best = 0;
    int run = 0;

    for (int i = 0; i < n; i++) {
        int x;
        if (scanf("%d", &x) != 1)
            break;
        run = (run > 0) ? run + x : x;
        if (i == 0 || run > best)
            best = run;
    }
    return best;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    printf("%d\n", largest_subarray_sum(n));
    return 0;
}
