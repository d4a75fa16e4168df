#include <stdio.h>
#include <stdlib.h>

/* A number and its digit sum leave the same remainder modulo 9. */
static long digital_root_digit(long number) {
  if (number == 0) return 0;
  return 1 + (number - 1) % 9;
}

int main(void) {
  char line[64];

  if (!fgets(line, sizeof line, stdin)) {
    fputs("no input\n", stderr);
    return EXIT_FAILURE;
  }
  printf("%ld\n", digital_root_digit(strtol(line, NULL, 10)));
  return EXIT_SUCCESS;
}
