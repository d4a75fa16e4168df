#include <stdio.h>

static int biggest_prime(int n)
{
    int best = 1;
    for (int p = 2; p * p <= n; p++) {
        while (n % p == 0) {
            best = p;
            n /= p;
        }
    }
    if (n > 1)
        best = n;
    return best;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    printf("%d\n", biggest_prime(n));
    return 0;
}
