#include <stdio.h>
#include <stdlib.h>

static int order(const void *p, const void *q)
{
    const long *a = p;
    const long *b = q;
    if (*a == *b)
        return 0;
    return *a < *b ? -1 : 1;
}

static long find_missing(const long *sorted, int len)
{
    long want = 1;
    for (int i = 0; i < len; i++) {
        if (sorted[i] > want)
            return want;
        if (sorted[i] == want)
            want++;
    }
    return want;
}

int main(void)
{
    char line[24000], *pos = line;
    int len;
    if (!fgets(line, sizeof line, stdin) || sscanf(line, "%d", &len) != 1)
        return EXIT_FAILURE;
    if (len == 0 || !fgets(line, sizeof line, stdin)) {
        puts("1");
        return EXIT_SUCCESS;
    }
    long *list = calloc(len, sizeof(long));
    if (!list)
        return EXIT_FAILURE;
    for (int i = 0; i < len; i++)
        list[i] = strtol(pos, &pos, 10);
    qsort(list, len, sizeof(long), order);
    printf("%ld\n", find_missing(list, len));
    free(list);
    return EXIT_SUCCESS;
}
