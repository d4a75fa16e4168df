#include <inttypes.h>
#include <stdio.h>

/* Adds neighbouring fields in place: 16 pairs, 8 quads, 4 bytes, ... */
static uint32_t fold_bits(uint32_t x, uint32_t mask, int width)
{
    return (x & mask) + ((x >> width) & mask);
}

int main(void)
{
    uint32_t x;
    if (scanf("%" SCNu32, &x) < 1)
        return 2;

    static const uint32_t masks[] = {
        0x55555555u, 0x33333333u, 0x0f0f0f0fu, 0x00ff00ffu, 0x0000ffffu
    };
    for (int i = 0; i < 5; ++i)
        x = fold_bits(x, masks[i], 1 << i);

    printf("%" PRIu32 "\n", x);
    return 0;
}
