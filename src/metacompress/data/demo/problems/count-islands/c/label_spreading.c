#include <stdbool.h>
#include <stdio.h>

static int smaller_label(int a, int b)
{
    return (b != 0 && b < a) ? b : a;
}

/* Let the smallest label of every island spread until nothing changes. */
static bool spread(int n, int m, int label[n][m])
{
    bool changed = false;
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < m; x++) {
            int best = label[y][x];
            if (best == 0) continue;
            if (y > 0)     best = smaller_label(best, label[y - 1][x]);
            if (x > 0)     best = smaller_label(best, label[y][x - 1]);
            if (y < n - 1) best = smaller_label(best, label[y + 1][x]);
            if (x < m - 1) best = smaller_label(best, label[y][x + 1]);
            if (best != label[y][x]) {
                label[y][x] = best;
                changed = true;
            }
        }
    }
    return changed;
}

int main(void)
{
    int n, m, number_of_islands = 0;
    if (scanf("%d %d", &n, &m) != 2) return 1;
    int label[n][m];
    for (int k = 0; k < n * m; k++) {
        int value = 0;
        scanf("%d", &value);
        label[k / m][k % m] = value ? k + 1 : 0;
    }
    while (spread(n, m, label))
        ;
    /* the cell that gave its own number to the island is counted */
    for (int k = 0; k < n * m; k++)
        number_of_islands += label[k / m][k % m] == k + 1;
    printf("%d\n", number_of_islands);
    return 0;
}
