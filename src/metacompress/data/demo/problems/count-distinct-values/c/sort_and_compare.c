#include <stdio.h>
#include <stdlib.h>

static int compare_ints(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int count_distinct(int *arr, int n)
{
    int distinct = 0;
    qsort(arr, n, sizeof(int), compare_ints);
    for (int i = 0; i < n; i++) {
        if (i == 0 || arr[i] != arr[i - 1])
            distinct++;
    }
    return distinct;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *arr = calloc(n + 1, sizeof(int));
    if (arr == NULL)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &arr[i]) != 1)
            break;
    }
    printf("%d\n", count_distinct(arr, n));
    free(arr);
    return 0;
}
