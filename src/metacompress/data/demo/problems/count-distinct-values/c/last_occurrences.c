#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Does *p show up again before `end`? */
static int repeated_later(const int *p, const int *end)
{
    int what = *p;
    while (++p < end)
        if (*p == what)
            return 1;
    return 0;
}

/* Every value has exactly one last occurrence. */
static int distinct_last_occurrences(const int *p, const int *end)
{
    if (p == end)
        return 0;
    return distinct_last_occurrences(p + 1, end) + !repeated_later(p, end);
}

int main(void)
{
    char input[20000];
    int list[2500], length = 0, size = 0;

    if (fgets(input, sizeof input, stdin))
        size = atoi(input);
    if (size > 0 && size <= 2500 && fgets(input, sizeof input, stdin)) {
        char *word = strtok(input, " \n");
        for (; word && length < size; word = strtok(NULL, " \n"))
            list[length++] = (int)strtol(word, NULL, 10);
    }
    printf("%d\n", distinct_last_occurrences(list, list + length));
    return 0;
}
