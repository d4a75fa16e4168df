#include <stdio.h>
#include <stdlib.h>

typedef struct Node {
    int row, col;
    struct Node *below;
} Node;

static void push(Node **top, int row, int col)
{
    Node *fresh = malloc(sizeof(Node));
    if (fresh == NULL)
        abort();
    *fresh = (Node){ row, col, *top };
    *top = fresh;
}

static void erase(int r, int c, int sea[r][c], int row, int col)
{
    Node *top = NULL;
    push(&top, row, col);
    while (top != NULL) {
        Node here = *top;
        free(top);
        top = here.below;
        if (here.row < 0 || here.col < 0 || here.row == r || here.col == c)
            continue;
        if (sea[here.row][here.col] == 0)
            continue;
        sea[here.row][here.col] = 0;
        push(&top, here.row + 1, here.col);
        push(&top, here.row - 1, here.col);
        push(&top, here.row, here.col + 1);
        push(&top, here.row, here.col - 1);
    }
}

int main(void)
{
    int r, c, islands_in_grid = 0;
    scanf("%d", &r);
    scanf("%d", &c);
    int sea[r][c];
    int *p = &sea[0][0];
    for (int left = r * c; left--; p++)
        scanf("%d", p);
    for (int row = 0; row < r; row++)
        for (int col = 0; col < c; col++)
            if (sea[row][col] != 0) {
                erase(r, c, sea, row, col);
                ++islands_in_grid;
            }
    printf("%d\n", islands_in_grid);
    return 0;
}
