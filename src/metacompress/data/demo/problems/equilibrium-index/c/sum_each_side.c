#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long sum(const int *from, const int *to)
{
    long s = 0;
    while (from < to)
        s += *from++;
    return s;
}

static const int *equilibrium_point(const int *begin, const int *end)
{
    for (const int *pivot = begin; pivot < end; pivot++) {
        if (sum(begin, pivot) == sum(pivot + 1, end))
            return pivot;
    }
    return NULL;
}

int main(void)
{
    static char row[30000];
    static int numbers[6000];
    int filled = 0, expected;

    if (fgets(row, sizeof row, stdin) == NULL) return EXIT_FAILURE;
    expected = atoi(row);
    if (expected > 0 && fgets(row, sizeof row, stdin) != NULL) {
        char *word = strtok(row, " \r\n");
        while (word != NULL && filled < expected) {
            numbers[filled++] = atoi(word);
            word = strtok(NULL, " \r\n");
        }
    }
    const int *p = equilibrium_point(numbers, numbers + filled);
    printf("%d\n", p ? (int)(p - numbers) : -1);
    return EXIT_SUCCESS;
}
