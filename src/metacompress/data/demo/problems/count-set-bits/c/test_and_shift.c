#include <stdio.h>

static int ones_in_bits(unsigned int n)
{
    int count = 0;
    while (n != 0) {
        if (n & 1)
            count++;
        n >>= 1;
    }
    return count;
}

int main(void)
{
    unsigned int n;
    if (scanf("%u", &n) != 1)
        return 1;
    printf("%d\n", ones_in_bits(n));
    return 0;
}
