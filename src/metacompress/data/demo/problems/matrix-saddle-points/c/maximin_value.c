#include <stdio.h>

static int row_minimum(int c, const int row[c])
{
    int lowest = row[0];
    for (int j = 1; j < c; ++j)
        if (row[j] < lowest) lowest = row[j];
    return lowest;
}

static int column_maximum(int r, int c, int a[r][c], int j)
{
    int highest = a[0][j];
    for (int i = 1; i < r; ++i)
        if (a[i][j] > highest) highest = a[i][j];
    return highest;
}

/* All saddle points share one value v: they are exactly the crossings of
   the rows whose minimum is v and the columns whose maximum is v. */
static int count_saddles(int r, int c, int a[r][c])
{
    int v = row_minimum(c, a[0]), good_rows = 0, good_cols = 0;
    for (int i = 1; i < r; ++i) {
        int lowest = row_minimum(c, a[i]);
        if (lowest > v) v = lowest;
    }
    for (int i = 0; i < r; ++i)
        good_rows += row_minimum(c, a[i]) == v;
    for (int j = 0; j < c; ++j)
        good_cols += column_maximum(r, c, a, j) == v;
    return good_rows * good_cols;
}

int main(void)
{
    int r, c;
    if (scanf("%d%d", &r, &c) < 2) return 1;
    int a[r][c];
    for (int *p = &a[0][0], left = r * c; left > 0; --left)
        if (scanf("%d", p++) != 1) return 1;
    printf("%d\n", count_saddles(r, c, a));
}
