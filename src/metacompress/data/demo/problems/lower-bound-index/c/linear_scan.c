#include <stdio.h>

static int lower_index(const int *a, int n, int target)
{
    for (int i = 0; i < n; i++) {
        if (a[i] >= target)
            return i;
    }
    return n;
}

int main(void)
{
    int n, target;
    if (scanf("%d", &n) != 1)
        return 1;
    int a[n + 1];
    for (int i = 0; i < n; i++)
        if (scanf("%d", &a[i]) != 1)
            return 1;
    if (scanf("%d", &target) != 1)
        return 1;
    printf("%d\n", lower_index(a, n, target));
    return 0;
}
