#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Where the element at flat position p ends up once the matrix is turned. */
static size_t destination(size_t p, size_t height, size_t width) {
  return (p % width) * height + p / width;
}

/* Transpose in place by following the cycles of the permutation. */
static void transpose_in_place(long *a, size_t height, size_t width) {
  size_t total = height * width;
  bool *moved = calloc(total, sizeof *moved);
  if (moved == NULL) abort();

  for (size_t start = 0; start < total; start++) {
    size_t p = start;
    long carried = a[p];
    while (!moved[p]) {
      moved[p] = true;
      p = destination(p, height, width);
      long displaced = a[p];
      a[p] = carried;
      carried = displaced;
    }
  }
  free(moved);
}

int main(void) {
  size_t height, width;
  if (scanf("%zu%zu", &height, &width) != 2) return EXIT_FAILURE;

  long *a = malloc(height * width * sizeof *a);
  if (a == NULL) return EXIT_FAILURE;
  for (size_t k = 0; k < height * width; k++) {
    if (scanf("%ld", a + k) != 1) a[k] = 0;
  }

  transpose_in_place(a, height, width);

  for (size_t k = 0; k < height * width; k++) {
    printf("%ld%c", a[k], (k + 1) % height == 0 ? '\n' : ' ');
  }
  free(a);
  return EXIT_SUCCESS;
}
