#include <stdio.h>

static int x[5000];

static int tally(int from, int to, int wanted)
{
    int hits = 0;
    while (from < to)
        if (x[from++] == wanted)
            hits++;
    return hits;
}

/* The majority_value of a range wins at least one of its halves. */
static int majority_value(int from, int to)
{
    int size = to - from;
    if (size == 0) return -1;
    if (size == 1) return x[from];

    int cut = from + size / 2;
    int a = majority_value(from, cut);
    if (a >= 0 && tally(from, to, a) > size / 2) return a;
    int b = majority_value(cut, to);
    if (b >= 0 && tally(from, to, b) > size / 2) return b;
    return -1;
}

int main(void)
{
    int count;
    if (scanf("%d", &count) != 1 || count > 5000)
        return 1;
    for (int i = 0; i < count; ++i)
        if (scanf("%d", &x[i]) != 1)
            return 1;
    printf("%d\n", majority_value(0, count));
    return 0;
}
