#include <stdio.h>

static long long choose(int n, int k)
{
    long long result = 1;
    if (k < 0 || k > n)
        return 0;
    if (k > n - k)
        k = n - k;
    for (int i = 1; i <= k; i++)
        result = result * (n - k + i) / i;
    return result;
}

int main(void)
{
    int n, k;
    if (scanf("%d %d", &n, &k) != 2)
        return 1;
    printf("%lld\n", choose(n, k));
    return 0;
}
