#include <stdio.h>
#include <stdlib.h>

typedef struct {
  long gap;
  long value;
} Candidate;

static int compare_closest(const void *lhs, const void *rhs) {
  const Candidate *x = lhs, *y = rhs;
  if (x->gap != y->gap) return x->gap < y->gap ? -1 : 1;
  return (x->value > y->value) - (x->value < y->value);
}

int main(void) {
  size_t len = 0;
  long t = 0;
  scanf("%zu", &len);
  Candidate *list = calloc(len + 1, sizeof(Candidate));
  if (!list) return EXIT_FAILURE;

  for (size_t k = 0; k < len; k++) scanf("%ld", &list[k].value);
  scanf("%ld", &t);
  for (size_t k = 0; k < len; k++) list[k].gap = labs(list[k].value - t);

  /* with no candidates the zeroed spare entry is printed */
  qsort(list, len, sizeof(Candidate), compare_closest);
  printf("%ld\n", list[0].value);
  free(list);
  return EXIT_SUCCESS;
}
