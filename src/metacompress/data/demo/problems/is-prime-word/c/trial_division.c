#include <stdio.h>

static int has_small_divisor(int n)
{
    for (int d = 2; d * d <= n; d++)
        if (n % d == 0)
            return 1;
    return 0;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    if (n < 2)
        printf("neither\n");
    else if (has_small_divisor(n))
        printf("composite\n");
    else
        printf("prime\n");
    return 0;
}
