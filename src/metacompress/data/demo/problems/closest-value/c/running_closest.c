#include <stdio.h>
#include <stdlib.h>

static int closest(const int *a, int n, int target)
{
    if (n == 0)
        return 0;
    int best = a[0];
    for (int i = 1; i < n; i++) {
        int d = abs(a[i] - target);
        int best_d = abs(best - target);
        if (d < best_d || (d == best_d && a[i] < best))
            best = a[i];
    }
    return best;
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
    printf("%d\n", closest(a, n, target));
    return 0;
}
