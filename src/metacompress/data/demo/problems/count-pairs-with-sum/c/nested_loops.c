#include <stdio.h>

static int count_pairs(const int *a, int n, int target)
{
    int pairs = 0;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            if (a[i] + a[j] == target)
                pairs++;
    return pairs;
}

int main(void)
{
    int n, target;
    if (scanf("%d", &n) != 1)
        return 1;
    int a[n + 1];
    for (int i = 0; i < n; i++)
        scanf("%d", &a[i]);
    if (scanf("%d", &target) != 1)
        return 1;
    printf("%d\n", count_pairs(a, n, target));
    return 0;
}
