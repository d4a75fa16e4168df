#include <stdio.h>
#include <stdlib.h>

#define SIZE 31623

static int build_primes(int *primes)
{
    int count = 0;
    for (int c = 2; c < SIZE; ++c) {
        int i = 0;
        while (i < count && primes[i] * primes[i] <= c && c % primes[i] != 0)
            ++i;
        if (i == count || primes[i] * primes[i] > c)
            primes[count++] = c;
    }
    return count;
}

int main(void)
{
    int *primes = malloc(4000 * sizeof(int));
    int remaining = 0, greatest = 1, digit;

    if (!primes)
        return 1;
    while ((digit = getchar()) >= '0' && digit <= '9')
        remaining = remaining * 10 + (digit - '0');

    int count = build_primes(primes);
    for (int i = 0; i < count && remaining > 1; ++i) {
        if (remaining % primes[i] != 0)
            continue;
        greatest = primes[i];
        do
            remaining /= primes[i];
        while (remaining % primes[i] == 0);
    }
    printf("%d\n", remaining > 1 ? remaining : greatest);
    free(primes);
    return 0;
}
