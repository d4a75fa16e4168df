#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *x, const void *y) {
  long a = *(const long *)x, b = *(const long *)y;
  return (a > b) - (a < b);
}

/* Length of the block of equal values that starts at p and moves by dir. */
static long block(const long *p, long room, int dir) {
  long len = 1;
  while (len < room && p[dir * len] == *p) len++;
  return len;
}

static long pairs(const long *v, long n, long sum) {
  long lo = 0, hi = n - 1, found = 0;
  while (lo < hi) {
    long here = v[lo] + v[hi];
    if (here < sum) {
      lo++;
    } else if (here > sum) {
      hi--;
    } else if (v[lo] == v[hi]) {
      long same = hi - lo + 1;
      return found + same * (same - 1) / 2;
    } else {
      long left = block(v + lo, n - lo, 1), right = block(v + hi, hi + 1, -1);
      found += left * right;
      lo += left;
      hi -= right;
    }
  }
  return found;
}

int main(void) {
  long n = 0, sum = 0;
  scanf("%ld", &n);
  long *v = malloc((n + 1) * sizeof(long));
  if (!v) return EXIT_FAILURE;
  for (long k = 0; k < n; k++) scanf("%ld", &v[k]);
  scanf("%ld", &sum);

  qsort(v, n, sizeof(long), ascending);
  printf("%ld\n", pairs(v, n, sum));
  free(v);
  return EXIT_SUCCESS;
}
