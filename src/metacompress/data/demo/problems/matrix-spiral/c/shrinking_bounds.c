#include <stdio.h>

static int first = 1;

static void emit(int value)
{
    printf(first ? "%d" : " %d", value);
    first = 0;
}

static void spiral(int rows, int cols, int m[rows][cols])
{
    int top = 0, bottom = rows - 1, left = 0, right = cols - 1;

    while (top <= bottom && left <= right) {
        for (int j = left; j <= right; j++)
            emit(m[top][j]);
        top++;
        for (int i = top; i <= bottom; i++)
            emit(m[i][right]);
        right--;
        if (top <= bottom) {
            for (int j = right; j >= left; j--)
                emit(m[bottom][j]);
            bottom--;
        }
        if (left <= right) {
            for (int i = bottom; i >= top; i--)
                emit(m[i][left]);
            left++;
        }
    }
}

int main(void)
{
    int rows, cols;
    if (scanf("%d %d", &rows, &cols) != 2)
        return 1;
    int m[rows][cols];
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            if (scanf("%d", &m[i][j]) != 1)
                return 1;
    spiral(rows, cols, m);
    putchar('\n');
    return 0;
}
