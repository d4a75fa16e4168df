#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define WIDTH 61

int main(void) {
  char line[64];
  char *end;
  if (!fgets(line, sizeof line, stdin)) return EXIT_FAILURE;
  long rows = strtol(line, &end, 10);
  long column = strtol(end, NULL, 10);

  uint64_t row[WIDTH] = {1};
  /* from right to left, so that the old neighbour is still there */
  for (long r = 1; r <= rows; r++) {
    for (long c = r; c > 0; c--) row[c] += row[c - 1];
  }

  uint64_t entry = column < 0 || column >= WIDTH ? 0 : row[column];
  printf("%" PRIu64 "\n", entry);
  return EXIT_SUCCESS;
}
