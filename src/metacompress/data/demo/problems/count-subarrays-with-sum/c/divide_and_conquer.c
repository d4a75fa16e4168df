#include <stdio.h>

#define MAX_LEN 500

static int seq[MAX_LEN];

/* Runs that begin left of the cut and end right of it. */
static int crossing(int lo, int cut, int hi, int goal)
{
    int total = 0, left = 0;

    for (int i = cut - 1; i >= lo; i--) {
        int both = left += seq[i];
        for (int j = cut; j < hi; j++) {
            both += seq[j];
            total += both == goal;
        }
    }
    return total;
}

static int count_subarrays(int lo, int hi, int goal)
{
    if (lo >= hi)
        return 0;
    if (hi == lo + 1)
        return seq[lo] == goal;
    int cut = (lo + hi) / 2;
    return count_subarrays(lo, cut, goal) + crossing(lo, cut, hi, goal) + count_subarrays(cut, hi, goal);
}

int main(void)
{
    int length = 0, goal = 0, *p = seq;

    scanf("%d", &length);
    if (length > MAX_LEN)
        return 1;
    while (p < seq + length)
        scanf("%d", p++);
    scanf("%d", &goal);
    printf("%d\n", count_subarrays(0, length, goal));
}
