#include <stdio.h>
#include <stdlib.h>

/* Invariant: everything before lo is too small, everything from hi on is not. */
static size_t lower_bound(const long *v, size_t len, long key) {
  size_t lo = 0, hi = len;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (v[mid] < key) {
      lo = mid + 1;
    } else {
      hi = mid;
    }
  }
  return lo;
}

int main(void) {
  size_t len = 0;
  long key = 0;
  scanf("%zu", &len);
  long *v = malloc((len + 1) * sizeof *v);
  if (v == NULL) return EXIT_FAILURE;
  for (size_t k = 0; k < len; k++) scanf("%ld", v + k);
  scanf("%ld", &key);

  printf("%zu\n", lower_bound(v, len, key));
  free(v);
  return EXIT_SUCCESS;
}
