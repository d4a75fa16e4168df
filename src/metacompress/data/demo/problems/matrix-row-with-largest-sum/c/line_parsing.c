#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define LINE_SIZE 4096

/* Adds up all the numbers in a line of text. */
static long add_up(char *text)
{
    long total = 0;
    char *end;

    for (;;) {
        long number = strtol(text, &end, 10);
        if (end == text)
            return total;
        total += number;
        text = end;
    }
}

int main(void)
{
    char line[LINE_SIZE];
    long record = LONG_MIN;
    int row_of_largest_sum = -1, lineno = 0, count;

    if (!fgets(line, sizeof line, stdin))
        return 1;
    count = atoi(line);

    while (lineno < count && fgets(line, sizeof line, stdin) != NULL) {
        long total = add_up(line);
        if (total > record) {
            row_of_largest_sum = lineno;
            record = total;
        }
        lineno++;
    }
    printf("%d\n", row_of_largest_sum);
    return 0;
}
