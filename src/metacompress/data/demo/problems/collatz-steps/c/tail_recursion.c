#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned collatz(uint64_t at, unsigned taken) {
  if (at < 2) return taken;
  uint64_t to = (at & 1) ? at * 3 + 1 : at >> 1;
  return collatz(to, taken + 1);
}

int main(void) {
  char buffer[40];
  if (fgets(buffer, (int)sizeof buffer, stdin) == NULL) {
    return EXIT_FAILURE;
  }
  uint64_t start = strtoull(buffer, NULL, 10);
  printf("%u\n", collatz(start, 0u));
  return EXIT_SUCCESS;
}
