#include <stdio.h>

static long magnitude(long x)
{
    return x < 0 ? -x : x;
}

/* Multiplies the primes that both numbers contain. */
static long common_divisor(long m, long n)
{
    long product = 1;
    for (long p = 2; p * p <= m; ++p) {
        while (m % p == 0) {
            m /= p;
            if (n % p == 0) {
                n /= p;
                product *= p;
            }
        }
    }
    if (m > 1 && n % m == 0)
        product *= m;
    return product;
}

int main(void)
{
    long pair[2];
    for (int i = 0; i < 2; ++i) {
        if (scanf("%ld", &pair[i]) != 1)
            return 1;
        pair[i] = magnitude(pair[i]);
    }
    if (pair[0] == 0 || pair[1] == 0)
        printf("%ld\n", pair[0] + pair[1]);
    else
        printf("%ld\n", common_divisor(pair[0], pair[1]));
    return 0;
}
