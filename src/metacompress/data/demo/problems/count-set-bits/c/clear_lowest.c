#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned count_set_bits(uint32_t word) {
  unsigned w;
  /* word & (word - 1) drops the lowest one */
  for (w = 0; word; w++) word &= word - 1;
  return w;
}

int main(void) {
  char line[32];
  if (fgets(line, (int)sizeof line, stdin) == NULL) {
    fprintf(stderr, "empty input\n");
    return EXIT_FAILURE;
  }
  uint32_t word = (uint32_t)strtoul(line, NULL, 10);
  printf("%u\n", count_set_bits(word));
  return EXIT_SUCCESS;
}
