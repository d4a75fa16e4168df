#include <stdio.h>
#include <stdlib.h>

int main(void) {
  size_t len;
  long want;
  if (scanf("%zu", &len) != 1) return EXIT_FAILURE;

  /* prefix[k] is the sum of the first k elements */
  long *prefix = calloc(len + 1, sizeof(long));
  if (!prefix) return EXIT_FAILURE;
  for (size_t k = 1; k <= len; k++) {
    long x = 0;
    scanf("%ld", &x);
    prefix[k] = prefix[k - 1] + x;
  }
  scanf("%ld", &want);

  long hits = 0;
  for (size_t to = len; to > 0; to--) {
    for (size_t from = to; from-- > 0;) {
      if (prefix[to] - prefix[from] == want) ++hits;
    }
  }
  printf("%ld\n", hits);
  free(prefix);
  return EXIT_SUCCESS;
}
