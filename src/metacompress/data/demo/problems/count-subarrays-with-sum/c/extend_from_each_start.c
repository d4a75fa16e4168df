#include <stdio.h>

static int subarrays_with_sum(const int *a, int n, int target)
{
    int count = 0;
    for (int start = 0; start < n; start++) {
        int sum = 0;
        for (int end = start; end < n; end++) {
            sum += a[end];
            if (sum == target)
                count++;
        }
    }
    return count;
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
    printf("%d\n", subarrays_with_sum(a, n, target));
    return 0;
}
