#include <stdio.h>

static void print_transposed(int rows, int cols, int grid[rows][cols])
{
    for (int j = 0; j < cols; j++) {
        for (int i = 0; i < rows; i++) {
            if (i > 0)
                putchar(' ');
            printf("%d", grid[i][j]);
        }
        putchar('\n');
    }
}

int main(void)
{
    int rows, cols;
    if (scanf("%d %d", &rows, &cols) != 2)
        return 1;

    int grid[rows][cols];
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            if (scanf("%d", &grid[i][j]) != 1)
                return 1;

    print_transposed(rows, cols, grid);
    return 0;
}
