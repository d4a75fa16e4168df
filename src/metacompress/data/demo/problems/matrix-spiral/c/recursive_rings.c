#include <stdio.h>

#define LIMIT 64

static long table[LIMIT][LIMIT];
static long order[LIMIT * LIMIT];
static int filled;

static void spiral_ring(int depth, int height, int width)
{
    int i, last_row = depth + height - 1, last_col = depth + width - 1;

    if (height <= 0 || width <= 0)
        return;
    for (i = depth; i <= last_col; i++)
        order[filled++] = table[depth][i];
    for (i = depth + 1; i <= last_row; i++)
        order[filled++] = table[i][last_col];
    /* the way back exists only if the spiral_ring is at least two thick */
    for (i = last_col - 1; height > 1 && i >= depth; i--)
        order[filled++] = table[last_row][i];
    for (i = last_row - 1; width > 1 && i > depth; i--)
        order[filled++] = table[i][depth];
    spiral_ring(depth + 1, height - 2, width - 2);
}

int main(void)
{
    int height = 0, width = 0, i, j;

    scanf("%d %d", &height, &width);
    if (height < 1 || height > LIMIT || width < 1 || width > LIMIT)
        return 1;
    for (i = 0; i < height; i++)
        for (j = 0; j < width; j++)
            scanf("%ld", &table[i][j]);
    spiral_ring(0, height, width);
    for (i = 0; i < filled; i++) {
        if (i)
            fputc(' ', stdout);
        fprintf(stdout, "%ld", order[i]);
    }
    fputc('\n', stdout);
    return 0;
}
