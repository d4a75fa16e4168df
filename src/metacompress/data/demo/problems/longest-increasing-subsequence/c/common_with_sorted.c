#include <stdio.h>
#include <stdlib.h>

static int by_value(const void *x, const void *y) {
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static int unique(int *s, int n) {
    int kept = 0;
    for (int i = 0; i < n; ++i)
        if (kept == 0 || s[i] != s[kept - 1]) s[kept++] = s[i];
    return kept;
}

/* Longest common subsequence, one row at a time. */
static int lcs(const int *p, int np, const int *q, int nq, int *row) {
    for (int i = 0; i < np; ++i) {
        int diagonal = 0;
        for (int j = 1; j <= nq; ++j) {
            int above = row[j];
            if (p[i] == q[j - 1]) row[j] = diagonal + 1;
            else if (row[j - 1] > row[j]) row[j] = row[j - 1];
            diagonal = above;
        }
    }
    return row[nq];
}

int main(void) {
    size_t n = 0;
    if (scanf("%zu", &n) != 1) return 1;
    int *block = calloc(3 * n + 1, sizeof(int));
    if (!block) return 1;
    int *original = block, *sorted = block + n, *row = sorted + n;
    for (size_t i = 0; i < n; ++i) {
        if (scanf("%d", &original[i]) != 1) break;
        sorted[i] = original[i];
    }
    qsort(sorted, n, sizeof(int), by_value);
    int distinct = unique(sorted, (int)n);
    printf("%d\n", lcs(original, (int)n, sorted, distinct, row));
    free(block);
    return 0;
}
