#include <stdio.h>

/* Divisors come in pairs (d, n / d); a square root pairs with itself. */
static int divisors_of(int n)
{
    int count = 0;
    for (int d = 1; d <= n / d; d++) {
        if (n % d != 0)
            continue;
        count += (d == n / d) ? 1 : 2;
    }
    return count;
}

int main(void)
{
    int n;

    if (scanf("%d", &n) != 1)
        return 1;
    printf("%d\n", n == 0 ? 0 : divisors_of(n));
    return 0;
}
