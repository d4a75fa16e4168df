#include <stdio.h>
#include <stdbool.h>

#define MAXN 3000

static int height[MAXN];
static bool beaten[MAXN];

static void compare_neighbours(int n)
{
    for (int right = 1; right < n; right++) {
        int left = right - 1;
        /* equal neighbours beat each other */
        if (height[left] <= height[right]) beaten[left] = true;
        if (height[right] <= height[left]) beaten[right] = true;
    }
    if (n > 0) {
        beaten[0] = true;
        beaten[n - 1] = true;
    }
}

int main(void)
{
    int n = 0, number_of_peaks = 0;
    if (scanf("%d", &n) != 1 || n > MAXN) return 1;
    int *slot = height;
    while (slot < height + n && scanf("%d", slot) == 1) slot++;

    compare_neighbours(n);
    for (int k = 0; k < n; k++)
        if (!beaten[k]) number_of_peaks++;
    printf("%d\n", number_of_peaks);
    return 0;
}
