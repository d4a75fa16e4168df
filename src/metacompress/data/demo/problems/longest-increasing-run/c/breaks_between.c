#include <stdio.h>
#include <stdlib.h>

/* Collect the positions where a new run has to begin, then take the widest gap. */
static int collect_breaks(const int v[], int n, int breaks[])
{
    int k = 0;
    breaks[k++] = 0;
    for (int i = 0; i + 1 < n; i++)
        if (!(v[i] < v[i + 1])) breaks[k++] = i + 1;
    breaks[k++] = n;
    return k;
}

int main(void)
{
    int n = 0;
    int *v = NULL, *breaks = NULL, longest_rising_run = 0;
    if (scanf("%d", &n) != 1) return 1;
    v = calloc((size_t)n + 1, sizeof *v);
    breaks = calloc((size_t)n + 2, sizeof *breaks);
    if (v == NULL || breaks == NULL) goto done;

    for (int *p = v; p != v + n; ++p)
        if (scanf("%d", p) != 1) goto done;

    int k = collect_breaks(v, n, breaks);
    for (int b = 1; b < k; b++) {
        int gap = breaks[b] - breaks[b - 1];
        longest_rising_run = gap > longest_rising_run ? gap : longest_rising_run;
    }
    printf("%d\n", longest_rising_run);
done:
    free(breaks);
    free(v);
    return 0;
}
