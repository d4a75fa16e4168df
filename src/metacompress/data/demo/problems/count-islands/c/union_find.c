#include <stdio.h>
#include <stdlib.h>

static int find(int *parent, int x) {
  while (parent[x] != x) {
    parent[x] = parent[parent[x]];
    x = parent[x];
  }
  return x;
}

/* Returns 1 if two separate groups became one. */
static int join(int *parent, int a, int b) {
  int ra = find(parent, a), rb = find(parent, b);
  if (ra == rb) return 0;
  parent[rb] = ra;
  return 1;
}

int main(void) {
  int h, w;
  if (scanf("%d%d", &h, &w) != 2) return EXIT_FAILURE;

  int *parent = malloc(sizeof(int) * h * w);
  if (!parent) return EXIT_FAILURE;

  int island_count = 0;
  for (int k = 0; k < h * w; k++) {
    int bit;
    if (scanf("%d", &bit) != 1) break;
    parent[k] = bit ? k : -1;
    if (!bit) continue;
    island_count++;
    if (k % w > 0 && parent[k - 1] >= 0) island_count -= join(parent, k - 1, k);
    if (k >= w && parent[k - w] >= 0) island_count -= join(parent, k - w, k);
  }
  printf("%d\n", island_count);
  free(parent);
  return EXIT_SUCCESS;
}
