#include <stdio.h>
#include <stdlib.h>

/* window[k] holds the sum of the current run length starting at k; one more
   element is added to every window in each round. */
static int subarray_count(const int *item, int *window, int n, int target)
{
    int matches = 0;
    for (int length = 1; length <= n; ++length) {
        for (int k = 0; k + length <= n; ++k) {
            window[k] += item[k + length - 1];
            if (window[k] == target) ++matches;
        }
    }
    return matches;
}

static int get(void)
{
    int x = 0;
    if (scanf("%d", &x) < 1) fputs("input ended early\n", stderr);
    return x;
}

int main(void)
{
    const int n = get();
    int *item = malloc((n + 1) * sizeof *item);
    int *window = calloc(n + 1, sizeof *window);
    if (item && window) {
        for (int k = 0; k < n; ++k) item[k] = get();
        printf("%d\n", subarray_count(item, window, n, get()));
    }
    free(window);
    free(item);
    return 0;
}
