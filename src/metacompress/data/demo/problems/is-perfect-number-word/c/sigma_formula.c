#include <stdio.h>
#include <stdlib.h>

/* 1 + p + p^2 + ... for the power of p in *n, which is divided away */
static long geometric(long *n, long p) {
  long term = 1, sum = 1;
  while (*n % p == 0) {
    *n /= p;
    term *= p;
    sum += term;
  }
  return sum;
}

static long all_divisors_sum(long n) {
  long product = 1;
  for (long p = 2; p * p <= n; p++) product *= geometric(&n, p);
  return n > 1 ? product * (n + 1) : product;
}

static const char *name_of(long n) {
  if (n == 0) return "deficient";
  long excess = all_divisors_sum(n) - 2 * n;
  return excess == 0 ? "perfect" : excess > 0 ? "abundant" : "deficient";
}

int main(void) {
  char line[24];
  if (fgets(line, sizeof line, stdin) == NULL) return EXIT_FAILURE;
  puts(name_of(atol(line)));
  return EXIT_SUCCESS;
}
