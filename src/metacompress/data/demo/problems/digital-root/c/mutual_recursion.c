#include <stdio.h>

unsigned digit_root(unsigned x);

unsigned add_up(unsigned rest, unsigned acc)
{
    return rest == 0 ? digit_root(acc) : add_up(rest / 10, acc + rest % 10);
}

unsigned digit_root(unsigned x)
{
    return x < 10 ? x : add_up(x, 0);
}

int main(void)
{
    unsigned x = 0;
    int got = scanf("%u", &x);

    if (got == 1)
        printf("%u\n", digit_root(x));
    return got == 1 ? 0 : 1;
}
