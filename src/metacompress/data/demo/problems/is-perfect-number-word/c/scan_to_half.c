#include <stdio.h>

static int proper_sum(int n)
{
    int sum = 0;
    for (int d = 1; d <= n / 2; d++)
        if (n % d == 0)
            sum += d;
    return sum;
}

int main(void)
{
    int n, sum;
    if (scanf("%d", &n) != 1)
        return 1;
    sum = proper_sum(n);
    if (n != 0 && sum == n)
        printf("perfect\n");
    else if (sum > n)
        printf("abundant\n");
    else
        printf("deficient\n");
    return 0;
}
