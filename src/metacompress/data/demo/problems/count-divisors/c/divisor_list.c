#include <stdio.h>
#include <stdlib.h>

#define MOST 1400 /* no number below 10^9 has more than 1344 divisors */

/* Extends the list by every entry times prime, prime^2, ..., prime^times. */
static size_t extend(int *list, size_t size, int prime, int times)
{
    size_t source = 0;
    size_t end = size * ((size_t)times + 1);
    for (size_t i = size; i < end; ++i)
        list[i] = list[source++] * prime;
    return end;
}

int main(void)
{
    int rest;
    if (scanf(" %d", &rest) != 1) {
        return 1;
    }
    if (rest < 1) {
        puts("0");
        return 0;
    }
    int *list = calloc(MOST, sizeof *list);
    if (!list) {
        return 1;
    }
    size_t size = 1;
    list[0] = 1;
    for (int prime = 2; rest > 1; ++prime) {
        if (prime > rest / prime)
            prime = rest;
        int times = 0;
        for (; rest % prime == 0; rest /= prime)
            ++times;
        size = extend(list, size, prime, times);
    }
    printf("%zu\n", size);
    free(list);
    return 0;
}
