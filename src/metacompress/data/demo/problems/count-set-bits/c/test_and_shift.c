#include <stdio.h>

static int ones(unsigned int n)
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
    printf("%d\n", ones(n));
    return 0;
}
