#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool seen_before(const char *line, size_t end, char c)
{
    return end > 0 && memchr(line, c, end) != NULL;
}

/* Going right to left, the last candidate kept is the leftmost one. */
static char leftmost_unique(const char *line, size_t len)
{
    bool to_the_right[256] = {false};
    char keep = '-';

    for (size_t i = len; i-- > 0; ) {
        unsigned char c = (unsigned char)line[i];
        if (!to_the_right[c] && !seen_before(line, i, line[i]) && c != ' ')
            keep = line[i];
        to_the_right[c] = true;
    }
    return keep;
}

int main(void)
{
    char line[512];
    size_t len = 0;

    if (fgets(line, 512, stdin) != NULL)
        len = strcspn(line, "\n");
    char out[3] = { leftmost_unique(line, len), '\n', '\0' };
    fputs(out, stdout);
    return 0;
}
