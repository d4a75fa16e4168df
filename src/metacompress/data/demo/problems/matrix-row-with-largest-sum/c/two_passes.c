#include <stdio.h>

static void row_sums(int r, int c, int grid[r][c], int sums[r])
{
    for (int i = 0; i < r; ++i) {
        sums[i] = 0;
        for (int j = c - 1; j >= 0; --j)
            sums[i] += grid[i][j];
    }
}

static int maximum(int n, const int v[])
{
    int m = v[0];
    for (int k = 1; k < n; ++k)
        m = v[k] > m ? v[k] : m;
    return m;
}

static int index_of(int wanted, const int v[])
{
    int k = 0;
    while (v[k] != wanted)
        ++k;
    return k;
}

int main(void)
{
    int r, c;
    scanf("%d %d", &r, &c);
    int grid[r][c], sums[r];
    for (int i = 0; i < r; ++i)
        for (int j = 0; j < c; ++j)
            scanf("%d", grid[i] + j);
    row_sums(r, c, grid, sums);
    printf("%d\n", index_of(maximum(r, sums), sums));
}
