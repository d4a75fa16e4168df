#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void flip_reversed(char *first, char *last) {
  while (first < last) {
    char keep = *first;
    *first++ = *last;
    *last-- = keep;
  }
}

int main(void) {
  char text[32];
  if (!fgets(text, sizeof text, stdin)) return EXIT_FAILURE;
  text[strcspn(text, "\r\n")] = '\0';
  size_t length = strlen(text);
  if (length == 0) return EXIT_FAILURE;
  flip_reversed(text, text + length - 1);
  /* going through a number drops the leading zeros */
  printf("%ld\n", strtol(text, NULL, 10));
  return EXIT_SUCCESS;
}
