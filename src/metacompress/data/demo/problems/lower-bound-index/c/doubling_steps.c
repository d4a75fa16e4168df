#include <stdio.h>

#define CAPACITY 1024

/* Jump ahead over smaller values, first in big strides, then in halved ones. */
static int lower_bound_index(const int s[], int size, int bound)
{
    int stride = 1, done = 0;

    while (stride <= size)
        stride *= 2;
    for (; stride > 0; stride /= 2) {
        if (done + stride <= size && s[done + stride - 1] < bound)
            done += stride;
    }
    return done;
}

int main(void)
{
    static int s[CAPACITY];
    int size = 0, bound = 0, got = 0;

    scanf("%d", &size);
    if (size < 0 || size > CAPACITY)
        return 1;
    while (got != size)
        scanf("%d", &s[got++]);
    scanf("%d", &bound);
    fprintf(stdout, "%d\n", lower_bound_index(s, size, bound));
}
