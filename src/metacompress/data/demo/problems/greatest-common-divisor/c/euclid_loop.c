#include <stdio.h>
#include <stdlib.h>

static int greatest_common_divisor(int a, int b)
{
    while (b != 0) {
        int r = a % b;
        a = b;
        b = r;
    }
    return abs(a);
}

int main(void)
{
    int a, b;
    if (scanf("%d %d", &a, &b) != 2)
        return 1;
    printf("%d\n", greatest_common_divisor(a, b));
    return 0;
}
