#include <stdio.h>
#include <stdlib.h>

static int compare(const void *p, const void *q)
{
    int a = *(const int *)p;
    int b = *(const int *)q;
    return (a > b) - (a < b);
}

static int kth_smallest(int *a, int n, int k)
{
    if (k < 1 || k > n)
        return -1;
    qsort(a, n, sizeof(int), compare);
    return a[k - 1];
}

int main(void)
{
    int n, k;
    if (scanf("%d", &n) != 1)
        return 1;
    int a[n + 1];
    for (int i = 0; i < n; i++)
        scanf("%d", &a[i]);
    if (scanf("%d", &k) != 1)
        return 1;
    printf("%d\n", kth_smallest(a, n, k));
    return 0;
}
