#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static void *checked_alloc(size_t count, size_t size) {
  void *block = calloc(count, size);
  if (block == NULL) abort();
  return block;
}

int main(void) {
  int h, w, saddle_points = 0;
  scanf("%d%d", &h, &w);

  int *cell = checked_alloc(h * w, sizeof(int));
  int *low = checked_alloc(h, sizeof(int));
  int *high = checked_alloc(w, sizeof(int));
  for (int y = 0; y < h; y++) low[y] = INT_MAX;
  for (int x = 0; x < w; x++) high[x] = INT_MIN;

  /* row minima and column maxima are gathered while reading */
  for (int k = 0; k < h * w; k++) {
    int y = k / w, x = k % w;
    scanf("%d", &cell[k]);
    if (cell[k] < low[y]) low[y] = cell[k];
    if (cell[k] > high[x]) high[x] = cell[k];
  }

  for (int k = 0; k < h * w; k++) {
    saddle_points += cell[k] == low[k / w] && cell[k] == high[k % w];
  }
  printf("%d\n", saddle_points);

  free(high);
  free(low);
  free(cell);
  return EXIT_SUCCESS;
}
