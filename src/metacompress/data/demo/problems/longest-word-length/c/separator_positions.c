#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int gap_positions(const char *line, int *gaps)
{
    int used = 0;
    int n = (int)strcspn(line, "\n");

    gaps[used++] = -1;
    for (int i = 0; i < n; i++)
        if (!isalpha((unsigned char)line[i]))
            gaps[used++] = i;
    gaps[used++] = n;
    return used;
}

int main(void)
{
    char line[256];
    int gaps[260];

    if (!fgets(line, sizeof line, stdin)) {
        puts("0");
        return 0;
    }

    int used = gap_positions(line, gaps);
    int longest_word_length = 0;
    for (int k = 1; k < used; k++) {
        int inside = gaps[k] - gaps[k - 1] - 1;
        if (inside > longest_word_length)
            longest_word_length = inside;
    }
    printf("%d\n", longest_word_length);
    return 0;
}
