#include <stdio.h>

static int letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Best length in p, where `open` letters have been read just before p. */
static int best_from(const char *p, int open)
{
    if (*p == '\0')
        return open;
    if (letter(*p))
        return best_from(p + 1, open + 1);

    int later = best_from(p + 1, 0);
    return later > open ? later : open;
}

int main(void)
{
    char buf[201];
    int result = 0;

    if (scanf("%200[^\n]", buf) == 1)
        result = best_from(buf, 0);
    printf("%d\n", result);
    return 0;
}
