#include <stdbool.h>
#include <stdio.h>

static int rows, cols;
static int m[100][100];

static bool is_saddle(int i, int j)
{
    for (int k = 0; k < cols; k++)
        if (m[i][k] < m[i][j])
            return false;
    for (int k = 0; k < rows; k++)
        if (m[k][j] > m[i][j])
            return false;
    return true;
}

int main(void)
{
    if (scanf("%d %d", &rows, &cols) != 2)
        return 1;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            scanf("%d", &m[i][j]);

    int count = 0;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            if (is_saddle(i, j))
                count++;
    printf("%d\n", count);
    return 0;
}
