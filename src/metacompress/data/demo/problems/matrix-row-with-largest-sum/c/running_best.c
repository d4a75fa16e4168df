#include <stdio.h>

static int read_row_sum(int cols)
{
    int sum = 0;
    for (int j = 0; j < cols; j++) {
        int value;
        if (scanf("%d", &value) == 1)
            sum += value;
    }
    return sum;
}

int main(void)
{
    int rows, cols;
    if (scanf("%d %d", &rows, &cols) != 2)
        return 1;

    int best = read_row_sum(cols);
    int best_row = 0;
    for (int i = 1; i < rows; i++) {
        int sum = read_row_sum(cols);
        if (sum > best) {
            best = sum;
            best_row = i;
        }
    }
    printf("%d\n", best_row);
    return 0;
}
