#include <limits.h>
#include <stdio.h>

static long long number[1000];
static int count;

static void read_all(void)
{
    if (scanf("%d", &count) != 1 || count > 1000)
        count = 0;
    for (int k = 0; k < count; k++) {
        if (scanf("%lld", number + k) != 1)
            count = k;
    }
}

/* Decide element by element whether it joins the chosen sequence. */
static int lis(int index, long long last)
{
    if (index == count)
        return 0;
    int skipped = lis(index + 1, last);
    if (number[index] <= last)
        return skipped;
    int taken = 1 + lis(index + 1, number[index]);
    return taken > skipped ? taken : skipped;
}

int main(void)
{
    read_all();
    printf("%d\n", lis(0, LLONG_MIN));
    return 0;
}
