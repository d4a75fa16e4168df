#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct { int value; bool seen; } Cell;

static const int DY[4] = { 0, 1, 0, -1 };
static const int DX[4] = { 1, 0, -1, 0 };

static bool is_free(const Cell *grid, int h, int w, int y, int x) {
  return y >= 0 && y < h && x >= 0 && x < w && !grid[y * w + x].seen;
}

/* Go straight on; turn right at the border or at a cell already seen. */
static void walk_spiral(Cell *grid, int h, int w) {
  int y = 0, x = 0, heading = 0;
  for (int steps = h * w; steps > 0; steps--) {
    Cell *here = &grid[y * w + x];
    here->seen = true;
    printf("%d%c", here->value, steps == 1 ? '\n' : ' ');
    if (!is_free(grid, h, w, y + DY[heading], x + DX[heading]))
      heading = (heading + 1) % 4;
    y += DY[heading];
    x += DX[heading];
  }
}

int main(void) {
  int h, w;
  scanf("%d%d", &h, &w);
  Cell *grid = calloc((size_t)(h * w), sizeof(Cell));
  if (!grid) return EXIT_FAILURE;
  for (int k = 0; k < h * w; k++) scanf("%d", &grid[k].value);
  walk_spiral(grid, h, w);
  free(grid);
  return EXIT_SUCCESS;
}
