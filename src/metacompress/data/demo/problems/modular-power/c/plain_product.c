#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const int64_t kMod = 1000007;

static int64_t times(int64_t x, int64_t y) { return x * y % kMod; }

int main(void) {
  char line[64];
  char *rest = NULL;
  if (fgets(line, sizeof line, stdin) == NULL) {
    return EXIT_FAILURE;
  }
  int64_t factor = strtol(line, &rest, 10) % kMod;
  long repeats = strtol(rest, NULL, 10);

  int64_t product = 1;
  for (long i = 0; i < repeats; i++) product = times(product, factor);

  /* the remainder of a negative product is negative in C */
  if (product < 0) product += kMod;
  printf("%ld\n", (long)product);
  return EXIT_SUCCESS;
}
