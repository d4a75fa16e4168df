#include <ctype.h>
#include <stdio.h>

static int in_word(const char *p);

static int words_from_gap(const char *p)
{
    if (*p == '\0')
        return 0;
    return isalpha((unsigned char)*p) ? 1 + in_word(p + 1) : words_from_gap(p + 1);
}

static int in_word(const char *p)
{
    if (*p == '\0')
        return 0;
    return isalpha((unsigned char)*p) ? in_word(p + 1) : words_from_gap(p + 1);
}

int main(void)
{
    char line[400];

    if (fgets(line, 400, stdin) == NULL)
        return puts("0") < 0;
    printf("%d\n", words_from_gap(line));
    return 0;
}
