#include <stdio.h>
#include <stdlib.h>

#define BITS 31

/* Rebuild the only possible winner bit by bit. */
static int compose(const int ones[BITS], int n) {
    int value = 0;
    for (int b = 0; b < BITS; ++b) {
        if (ones[b] > n / 2) {
            value |= 1 << b;
        }
    }
    return value;
}

static int occurrences(const int *p, const int *end, int what) {
    int c = 0;
    for (; p < end; ++p) {
        if (*p == what) c++;
    }
    return c;
}

int main(void) {
    char line[32768];
    int ones[BITS] = {0}, n = 0;

    if (!fgets(line, sizeof line, stdin)) return 1;
    n = atoi(line);
    int *all = malloc((n + 1) * sizeof(int));
    if (!all) return 1;
    if (n > 0 && fgets(line, sizeof line, stdin)) {
        char *cursor = line;
        for (int i = 0; i < n; ++i) {
            all[i] = (int)strtol(cursor, &cursor, 10);
            for (int b = 0; b < BITS; ++b) ones[b] += (all[i] >> b) & 1;
        }
    }
    int majority_or_none = compose(ones, n);
    if (occurrences(all, all + n, majority_or_none) * 2 <= n) majority_or_none = -1;
    printf("%d\n", majority_or_none);
    free(all);
    return 0;
}
