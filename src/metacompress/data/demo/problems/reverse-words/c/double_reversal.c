#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void reverse(char *a, char *b)
{
    while (a < b) {
        char t = *a;
        *a++ = *--b;
        *b = t;
    }
}

static size_t words_reversed(char *s)
{
    size_t kept = 0;
    for (size_t i = 0; s[i]; i++) {
        if (!isspace((unsigned char)s[i]))
            s[kept++] = s[i];
        else if (kept > 0 && s[kept - 1] != ' ')
            s[kept++] = ' ';
    }
    if (kept > 0 && s[kept - 1] == ' ')
        kept--;
    s[kept] = '\0';
    return kept;
}

int main(void)
{
    char s[300];

    if (!fgets(s, 300, stdin))
        *s = '\0';
    size_t n = words_reversed(s);
    reverse(s, s + n);
    for (char *word = s; word < s + n; ) {
        char *stop = memchr(word, ' ', (size_t)(s + n - word));
        if (stop == NULL)
            stop = s + n;
        reverse(word, stop);
        word = stop + 1;
    }
    printf("%s\n", s);
    return 0;
}
