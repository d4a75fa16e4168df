#include <stdio.h>

#define MOST 1000

static unsigned item[MOST];

/* How many items share the bits of `prefix` from bit `shift` upwards. */
static int matching(int n, unsigned prefix, int shift)
{
    int hits = 0;
    while (n-- > 0)
        hits += (item[n] >> shift) == (prefix >> shift);
    return hits;
}

/* Fixes the answer bit by bit, from the highest to the lowest. */
static unsigned kth_smallest(int n, int k)
{
    unsigned answer = 0;

    for (int bit = 30; bit >= 0; bit--) {
        int zeros = matching(n, answer, bit);
        if (k > zeros) {
            k -= zeros;
            answer |= 1u << bit;
        }
    }
    return answer;
}

int main(void)
{
    int n = 0, k = 0;

    scanf("%d", &n);
    if (n > MOST)
        return 1;
    for (int i = 0; i < n; i++)
        scanf("%u", item + i);
    scanf("%d", &k);
    if (k < 1 || k > n)
        printf("-1\n");
    else
        printf("%u\n", kth_smallest(n, k));
}
