#include <stdint.h>
#include <stdio.h>

/* Exponent of the prime p in m! */
static int legendre(int m, int p)
{
    int e = 0;
    while (m > 0) {
        m /= p;
        e += m;
    }
    return e;
}

static int is_prime(int x)
{
    for (int d = 2; d < x; d++)
        if (x % d == 0) return 0;
    return x > 1;
}

int main(void)
{
    int upper, lower;
    if (scanf("%d", &upper) != 1 || scanf("%d", &lower) != 1) return 1;

    int64_t value = (lower >= 0 && lower <= upper) ? 1 : 0;
    for (int p = 2; value != 0 && p <= upper; p++) {
        if (!is_prime(p)) continue;
        int e = legendre(upper, p) - legendre(lower, p) - legendre(upper - lower, p);
        while (e-- > 0) value *= p;
    }
    printf("%lld\n", (long long)value);
    return 0;
}
