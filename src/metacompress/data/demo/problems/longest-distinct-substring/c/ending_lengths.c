#include <stdio.h>
#include <string.h>

/* Distance back to the previous equal character, or i + 1 if there is none. */
static int distance_back(const char *line, int i)
{
    int d = 1;
    while (d <= i && line[i - d] != line[i])
        d++;
    return d;
}

static int longest_ending_at(const char *line, int i, int *best)
{
    if (i < 0)
        return 0;
    int len = longest_ending_at(line, i - 1, best) + 1;
    int limit = distance_back(line, i);
    if (len > limit)
        len = limit;
    if (*best < len)
        *best = len;
    return len;
}

int main(void)
{
    char line[300] = "";
    int longest_distinct_substring = 0;

    if (fgets(line, 300, stdin) == NULL) {
        puts("0");
        return 0;
    }
    line[strcspn(line, "\n")] = '\0';
    longest_ending_at(line, (int) strlen(line) - 1, &longest_distinct_substring);
    printf("%d\n", longest_distinct_substring);
    return 0;
}
