#include <stdio.h>

typedef struct { int gold, silver; } podium;

static int data[4000];

static podium find_second_largest(int lo, int hi)
{
    if (lo == hi)
        return (podium){ -1, -1 };
    if (lo + 1 == hi)
        return (podium){ data[lo], -1 };

    int mid = (lo + hi) / 2;
    podium a = find_second_largest(lo, mid);
    podium b = find_second_largest(mid, hi);
    if (a.gold < b.gold) {
        podium t = a;
        a = b;
        b = t;
    }
    /* a holds the winner; equal golds are the same value, not two places */
    int challenger = (b.gold == a.gold) ? b.silver : b.gold;
    if (challenger > a.silver)
        a.silver = challenger;
    return a;
}

int main(void)
{
    int total = 0, i = 0;
    if (scanf("%d", &total) != 1 || total > 4000)
        return 1;
    for (; i < total; ++i)
        if (scanf("%d", data + i) != 1)
            break;
    printf("%d\n", find_second_largest(0, i).silver);
    return 0;
}
