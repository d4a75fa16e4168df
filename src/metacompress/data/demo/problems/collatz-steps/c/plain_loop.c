#include <stdio.h>

static int collatz_length(long long n)
{
    int moves = 0;
    while (n > 1) {
        if (n % 2 == 0)
            n = n / 2;
        else
            n = 3 * n + 1;
        moves++;
    }
    return moves;
}

int main(void)
{
    long long n;
    if (scanf("%lld", &n) != 1)
        return 1;
    printf("%d\n", collatz_length(n));
    return 0;
}
