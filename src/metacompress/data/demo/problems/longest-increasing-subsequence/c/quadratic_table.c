#include <stdio.h>
#include <stdlib.h>

static int lis(const int *a, int n, int *len)
{
    int best = 0;
    for (int i = 0; i < n; i++) {
        len[i] = 1;
        for (int j = 0; j < i; j++)
            if (a[j] < a[i] && len[j] + 1 > len[i])
                len[i] = len[j] + 1;
        if (len[i] > best)
            best = len[i];
    }
    return best;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *a = calloc(n + 1, sizeof *a);
    int *len = calloc(n + 1, sizeof *len);
    if (a && len) {
        for (int i = 0; i < n; i++)
            if (scanf("%d", &a[i]) != 1)
                return 1;
        printf("%d\n", lis(a, n, len));
    }
    free(len);
    free(a);
    return 0;
}
