#include <stdio.h>

static int reverse_digits(int n)
{
    int result = 0;
    while (n > 0) {
        result = result * 10 + n % 10;
        n /= 10;
    }
    return result;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    printf("%d\n", reverse_digits(n));
    return 0;
}
