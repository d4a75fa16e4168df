#include <stdio.h>
#include <stdlib.h>

struct pair {
    unsigned small;
    unsigned large;
};

static size_t collect(unsigned n, struct pair *out)
{
    size_t used = 0;
    for (unsigned s = 2; s <= n / s; ++s)
        if (n % s == 0)
            out[used++] = (struct pair){s, n / s};
    return used;
}

int main(void)
{
    unsigned n;
    if (scanf(" %u", &n) != 1) {
        return 1;
    }
    struct pair *pairs = malloc(1000 * sizeof *pairs);
    if (!pairs) {
        return 1;
    }
    size_t used = collect(n, pairs);
    unsigned total = n > 1 ? 1 : 0;
    while (used-- > 0) {
        total += pairs[used].small;
        if (pairs[used].large != pairs[used].small)
            total += pairs[used].large;
    }
    free(pairs);

    int sign = (total > n) - (total < n);
    if (n == 0) sign = -1;
    switch (sign) {
    case -1: puts("deficient"); break;
    case 0:  puts("perfect"); break;
    default: puts("abundant");
    }
    return 0;
}
