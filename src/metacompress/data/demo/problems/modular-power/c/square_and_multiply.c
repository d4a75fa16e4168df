#include <stdio.h>

#define MODULUS 1000007LL

static long long power(long long base, long long exponent)
{
    long long result = 1;
    base %= MODULUS;
    if (base < 0)
        base += MODULUS;
    while (exponent > 0) {
        if (exponent & 1)
            result = result * base % MODULUS;
        base = base * base % MODULUS;
        exponent >>= 1;
    }
    return result;
}

int main(void)
{
    long long base, exponent;
    if (scanf("%lld %lld", &base, &exponent) != 2)
        return 1;
    printf("%lld\n", power(base, exponent));
    return 0;
}
