#include <stdio.h>

static const long P = 1000007;

static long small_power(long b, int times)
{
    long out = 1;
    while (times-- > 0) out = out * b % P;
    return out;
}

/* Reads the exponent digit by digit: r^10 shifts, b^digit appends. */
static long consume(long b)
{
    long r = 1;
    int c = getchar();
    while (c == ' ') c = getchar();
    for (; c >= '0' && c <= '9'; c = getchar()) {
        r = small_power(r, 10) * small_power(b, c - '0') % P;
    }
    return r;
}

int main(void)
{
    long b;
    if (scanf("%ld", &b) != 1) return 1;
    b %= P;
    printf("%ld\n", consume(b < 0 ? b + P : b));
    return 0;
}
