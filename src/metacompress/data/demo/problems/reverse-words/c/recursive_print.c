#include <stdio.h>
#include <string.h>

static int unwind_reversed_words(char *rest)
{
    rest += strspn(rest, " ");
    if (*rest == '\0')
        return 0;

    size_t size = strcspn(rest, " ");
    char *next = rest + size;
    if (*next != '\0')
        *next++ = '\0';

    /* everything behind this word comes first */
    int printed = unwind_reversed_words(next);
    if (printed > 0)
        putchar(' ');
    fputs(rest, stdout);
    return printed + 1;
}

int main(void)
{
    char text[201] = "";

    if (scanf("%200[^\n]", text) == 1)
        unwind_reversed_words(text);
    puts("");
    return 0;
}
