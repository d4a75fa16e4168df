#include <stdio.h>
#include <stdlib.h>

/* Smallest divisor above 1; the number itself if it is prime. */
static long least_divisor(long m) {
  if (m % 2 == 0) return 2;
  for (long d = 3; d <= m / d; d += 2) {
    if (m % d == 0) return d;
  }
  return m;
}

static long max_prime_factor(long m) {
  long d = least_divisor(m);
  return d == m ? m : max_prime_factor(m / d);
}

int main(void) {
  char text[32];
  if (fgets(text, sizeof text, stdin) == NULL) {
    return EXIT_FAILURE;
  }
  long m = strtol(text, NULL, 10);
  printf("%ld\n", m > 1 ? max_prime_factor(m) : 1L);
  return EXIT_SUCCESS;
}
