#include <stdio.h>
#include <stdlib.h>

static int equilibrium(const int *a, int n)
{
    long total = 0, left = 0;
    for (int i = 0; i < n; i++)
        total += a[i];
    for (int i = 0; i < n; i++) {
        if (left == total - left - a[i])
            return i;
        left += a[i];
    }
    return -1;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *a = calloc(n + 1, sizeof *a);
    if (!a)
        return 1;
    for (int i = 0; i < n; i++)
        if (scanf("%d", a + i) != 1)
            return 1;
    printf("%d\n", equilibrium(a, n));
    free(a);
    return 0;
}
