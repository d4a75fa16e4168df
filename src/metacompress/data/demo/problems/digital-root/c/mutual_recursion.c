#include <stdio.h>

unsigned shrink(unsigned x);

unsigned add_up(unsigned rest, unsigned acc)
{
    return rest == 0 ? shrink(acc) : add_up(rest / 10, acc + rest % 10);
}

unsigned shrink(unsigned x)
{
    return x < 10 ? x : add_up(x, 0);
}

int main(void)
{
    unsigned x = 0;
    int got = scanf("%u", &x);

    if (got == 1)
        printf("%u\n", shrink(x));
    return got == 1 ? 0 : 1;
}
