#include <stdio.h>
#include <stdlib.h>

static int is_peak(const int *p) { return p[-1] < p[0] && p[1] < p[0]; }

static int peaks_in(const int *first, const int *last) {
    if (last - first < 2) return 0;
    const int *rest = first + 1;
    /* the element after a peak cannot be one, so it may be skipped */
    if (is_peak(rest)) return 1 + peaks_in(rest + 1, last);
    return peaks_in(rest, last);
}

int main(void) {
    char *line = malloc(1 << 15);
    int values[2048], n = 0, used = 0;

    if (line == NULL) return 1;
    if (fgets(line, 1 << 15, stdin)) n = atoi(line);
    if (n > 0 && n <= 2048 && fgets(line, 1 << 15, stdin)) {
        char *rest = line;
        while (used < n) values[used++] = (int)strtol(rest, &rest, 10);
    }
    free(line);
    printf("%d\n", used ? peaks_in(values, values + used - 1) : 0);
    return 0;
}
