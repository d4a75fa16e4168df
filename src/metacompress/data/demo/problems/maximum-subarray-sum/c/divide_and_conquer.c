#include <limits.h>
#include <stdio.h>

#define MAX_ITEMS 10000

static int items[MAX_ITEMS];

static int max2(int a, int b) { return a > b ? a : b; }

/* Best sum of a block that starts at `from` and walks by `step` until `end`. */
static int max_subarray_arm(int from, int end, int step)
{
    int sum = 0, best = INT_MIN;
    for (int i = from; i != end; i += step) {
        sum += items[i];
        best = max2(best, sum);
    }
    return best;
}

static int solve(int lo, int hi)      /* half-open [lo, hi), hi > lo */
{
    if (hi - lo == 1)
        return items[lo];
    int mid = lo + (hi - lo) / 2;
    int crossing = max_subarray_arm(mid - 1, lo - 1, -1) + max_subarray_arm(mid, hi, 1);
    return max2(crossing, max2(solve(lo, mid), solve(mid, hi)));
}

int main(void)
{
    int n = 0, k = 0;
    if (scanf("%d", &n) != 1 || n > MAX_ITEMS)
        return 1;
    while (k < n && scanf("%d", &items[k]) == 1)
        k++;
    printf("%d\n", k == 0 ? 0 : solve(0, k));
    return 0;
}
