#include <stdio.h>

#define MAX 100

static int rows, cols;
static int land[MAX][MAX];

/* Drown the whole island that contains (i, j). */
static void sink(int i, int j)
{
    if (i < 0 || i >= rows || j < 0 || j >= cols || !land[i][j])
        return;
    land[i][j] = 0;
    sink(i - 1, j);
    sink(i + 1, j);
    sink(i, j - 1);
    sink(i, j + 1);
}

int main(void)
{
    int islands_in_grid = 0;

    scanf("%d %d", &rows, &cols);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            scanf("%d", &land[i][j]);

    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
            if (land[i][j]) {
                islands_in_grid++;
                sink(i, j);
            }
        }
    }
    printf("%d\n", islands_in_grid);
    return 0;
}
