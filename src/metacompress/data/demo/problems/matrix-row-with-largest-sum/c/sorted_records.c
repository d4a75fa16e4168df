#include <stdio.h>
#include <stdlib.h>

typedef struct {
  long total;
  int index;
} Record;

/* Largest total first; equal totals keep their input order. */
static int largest_row_first(const void *lhs, const void *rhs) {
  const Record *a = lhs, *b = rhs;
  if (a->total != b->total) return a->total < b->total ? 1 : -1;
  return a->index - b->index;
}

int main(void) {
  int n, width;
  scanf("%d%d", &n, &width);
  Record *records = calloc(n, sizeof(Record));
  if (!records) return EXIT_FAILURE;

  for (int k = 0; k < n * width; k++) {
    long x = 0;
    scanf("%ld", &x);
    records[k / width].total += x;
    records[k / width].index = k / width;
  }

  qsort(records, n, sizeof(Record), largest_row_first);
  printf("%d\n", records[0].index);
  free(records);
  return EXIT_SUCCESS;
}
