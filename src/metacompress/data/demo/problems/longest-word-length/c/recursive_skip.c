#include <stdio.h>

static int letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Best length in p, where `open` letters have been read just before p. */
static int longest_word(const char *p, int open)
{
    if (*p == '\0')
        return open;
    if (letter(*p))
        return longest_word(p + 1, open + 1);

    int later = longest_word(p + 1, 0);
    return later > open ? later : open;
}

int main(void)
{
    char buf[201];
    int length_of_longest_word = 0;

    if (scanf("%200[^\n]", buf) == 1)
        length_of_longest_word = longest_word(buf, 0);
    printf("%d\n", length_of_longest_word);
    return 0;
}
