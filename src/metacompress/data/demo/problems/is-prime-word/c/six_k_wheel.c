#include <stdio.h>
#include <stdlib.h>

typedef enum { NEITHER, PRIME, COMPOSITE } kind;

static kind classify(long x) {
  if (x <= 1) return NEITHER;
  if (x <= 3) return PRIME;
  if (x % 2 == 0 || x % 3 == 0) return COMPOSITE;

  /* every other candidate is 6k - 1 or 6k + 1 */
  long step = 2;
  for (long c = 5; c <= x / c; c += step, step = 6 - step) {
    if (x % c == 0) return COMPOSITE;
  }
  return PRIME;
}

int main(void) {
  static const char *const names[] = {"neither", "prime", "composite"};
  char buf[32];
  if (fgets(buf, sizeof buf, stdin) == NULL) return 1;
  puts(names[classify(atol(buf))]);
  return 0;
}
