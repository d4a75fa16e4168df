#include <stdio.h>
#include <stdlib.h>

static long measure_gcd(long longer, long shorter) {
  return shorter == 0 ? longer : measure_gcd(shorter, longer % shorter);
}

int main(void) {
  char line[80];
  char *rest;

  if (fgets(line, sizeof line, stdin) == NULL) return EXIT_FAILURE;
  long first = labs(strtol(line, &rest, 10));
  long second = labs(strtol(rest, NULL, 10));

  if (first < second)
    printf("%ld\n", measure_gcd(second, first));
  else
    printf("%ld\n", measure_gcd(first, second));
  return EXIT_SUCCESS;
}
