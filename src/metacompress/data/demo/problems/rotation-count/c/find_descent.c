#include <stdio.h>
#include <stdlib.h>

/* The only place where the order drops is where the smallest element sits. */
static int rotation(const int *a, int n)
{
    for (int i = 1; i < n; i++) {
        if (a[i] < a[i - 1])
            return i;
    }
    return 0;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *a = calloc((size_t)n + 1, sizeof *a);
    if (a == NULL)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &a[i]) != 1)
            break;
    }
    printf("%d\n", rotation(a, n));
    free(a);
    return 0;
}
