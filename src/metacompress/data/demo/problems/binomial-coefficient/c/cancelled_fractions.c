#include <stdio.h>
#include <stdlib.h>

static unsigned common(unsigned a, unsigned b)
{
    return b ? common(b, a % b) : a;
}

/* Cancels every denominator against the numerators before multiplying. */
static unsigned long multiply_binomial(unsigned *top, unsigned length)
{
    for (unsigned bottom = 2; bottom <= length; ++bottom) {
        unsigned d = bottom;
        for (unsigned i = 0; i < length && d > 1; ++i) {
            unsigned g = common(top[i], d);
            top[i] /= g;
            d /= g;
        }
    }
    unsigned long product = 1;
    while (length-- > 0)
        product *= top[length];
    return product;
}

int main(void)
{
    int total, part;
    if (scanf(" %d %d", &total, &part) != 2) {
        return 1;
    }
    if (part < 0 || total < part) {
        puts("0");
        return 0;
    }
    unsigned *top = malloc(sizeof(unsigned) * ((size_t)part + 1));
    if (top == NULL) {
        return 1;
    }
    for (int i = 0; i < part; ++i)
        top[i] = (unsigned)(total - i);
    printf("%lu\n", multiply_binomial(top, (unsigned)part));
    free(top);
    return 0;
}
