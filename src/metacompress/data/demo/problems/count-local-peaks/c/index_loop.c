#include <stdio.h>
#include <stdlib.h>

static int count_peaks(const int *h, int n)
{
    int peaks = 0;
    for (int i = 1; i < n - 1; i++) {
        if (h[i] > h[i - 1] && h[i] > h[i + 1])
            peaks++;
    }
    return peaks;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *h = calloc(n + 1, sizeof(int));
    if (h == NULL)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &h[i]) != 1)
            break;
    }
    printf("%d\n", count_peaks(h, n));
    free(h);
    return 0;
}
