#include <stdio.h>
#include <stdlib.h>

static void swap(long *x, long *y) {
  long t = *x;
  *x = *y;
  *y = t;
}

/* Lomuto partition around the middle element; returns its final place. */
static size_t partition(long *v, size_t lo, size_t hi) {
  swap(&v[lo + (hi - lo) / 2], &v[hi]);
  size_t store = lo;
  for (size_t k = lo; k < hi; k++) {
    if (v[k] < v[hi]) swap(&v[k], &v[store++]);
  }
  swap(&v[store], &v[hi]);
  return store;
}

static long kth_smallest_value(long *v, size_t len, size_t rank) {
  size_t lo = 0, hi = len - 1;
  for (;;) {
    size_t p = partition(v, lo, hi);
    if (p == rank) return v[p];
    if (p < rank) lo = p + 1;
    else hi = p - 1;
  }
}

int main(void) {
  size_t len = 0;
  long k = 0;
  scanf("%zu", &len);
  long *v = malloc((len + 1) * sizeof(long));
  if (!v) return EXIT_FAILURE;
  for (size_t i = 0; i < len; i++) scanf("%ld", &v[i]);
  scanf("%ld", &k);
  if (k >= 1 && (size_t)k <= len) printf("%ld\n", kth_smallest_value(v, len, (size_t)k - 1));
  else puts("-1");
  free(v);
  return EXIT_SUCCESS;
}
