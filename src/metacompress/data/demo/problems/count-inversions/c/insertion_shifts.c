#include <stdio.h>
#include <stdlib.h>

/* Keeps `sorted` in order; the number of shifted cells is the number of
   earlier elements greater than x. */
static int insert_sorted(int *sorted, int used, int x)
{
    int pos = used;
    while (pos > 0 && sorted[pos - 1] > x) {
        sorted[pos] = sorted[pos - 1];
        pos--;
    }
    sorted[pos] = x;
    return used - pos;
}

int main(void)
{
    char line[20000];
    long inversions = 0;

    if (fgets(line, sizeof line, stdin) == NULL)
        return EXIT_FAILURE;
    int n = atoi(line), *sorted = malloc((n + 1) * sizeof *sorted);
    if (sorted == NULL)
        return EXIT_FAILURE;
    if (n > 0 && fgets(line, sizeof line, stdin) != NULL) {
        char *at = line;
        for (int used = 0; used < n; used++) {
            int x = (int)strtol(at, &at, 10);
            inversions += insert_sorted(sorted, used, x);
        }
    }
    free(sorted);
    printf("%ld\n", inversions);
    return EXIT_SUCCESS;
}
