#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Largest element strictly below `bound`, -1 when there is none. */
static long second_largest_value(const long *p, const long *end, long bound) {
    long m = -1;
    while (p != end) {
        if (*p < bound && *p > m) m = *p;
        p++;
    }
    return m;
}

int main(void) {
    static char text[40000];
    static long list[10000];
    int size, k = 0;

    if (!fgets(text, sizeof text, stdin)) return 1;
    size = atoi(text);
    if (size > 0 && fgets(text, sizeof text, stdin)) {
        for (char *t = strtok(text, " \n"); t && k < size && k < 10000; t = strtok(NULL, " \n")) {
            list[k++] = atol(t);
        }
    }

    long top = second_largest_value(list, list + k, 1L << 40);
    long second_largest_distinct = second_largest_value(list, list + k, top);
    printf("%ld\n", second_largest_distinct);
    return 0;
}
