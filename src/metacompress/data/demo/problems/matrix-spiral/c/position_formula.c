#include <stdio.h>
#include <stdlib.h>

static int min(int a, int b) { return a < b ? a : b; }

/* Rank of cell (i, j) in the spiral: cells in the outer layers plus the way along its own layer. */
static int rank(int i, int j, int R, int C)
{
    int layer = min(min(i, R - 1 - i), min(j, C - 1 - j));
    int before = R * C - (R - 2 * layer) * (C - 2 * layer);
    int h = R - 2 * layer - 1, w = C - 2 * layer - 1;
    i -= layer;
    j -= layer;
    if (i == 0) return before + j;
    if (j == w) return before + w + i;
    if (i == h) return before + w + h + (w - j);
    return before + 2 * w + h + (h - i);
}

int main(void)
{
    int R, C, value;
    if (scanf("%d %d", &R, &C) < 2) return 1;
    int *sequence = calloc(R * C, sizeof *sequence);
    for (int i = 0; i < R; i++) {
        for (int j = 0; j < C && scanf("%d", &value) == 1; j++)
            sequence[rank(i, j, R, C)] = value;
    }
    const char *gap = "";
    for (int k = 0; k < R * C; k++, gap = " ")
        printf("%s%d", gap, sequence[k]);
    printf("\n");
    free(sequence);
}
