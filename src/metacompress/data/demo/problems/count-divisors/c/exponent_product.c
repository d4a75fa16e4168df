#include <stdio.h>
#include <stdlib.h>

static unsigned take_out(unsigned long *n, unsigned long p) {
  unsigned e = 0;
  while (*n % p == 0) {
    *n /= p;
    e++;
  }
  return e;
}

static unsigned divisor_count(unsigned long n) {
  if (n == 0) return 0;
  unsigned product = take_out(&n, 2) + 1;
  for (unsigned long p = 3; p * p <= n; p += 2)
    product *= take_out(&n, p) + 1;
  if (n > 1) product *= 2;
  return product;
}

int main(void) {
  char line[24];
  if (fgets(line, sizeof line, stdin) == NULL) return EXIT_FAILURE;
  printf("%u\n", divisor_count(strtoul(line, NULL, 10)));
  return EXIT_SUCCESS;
}
