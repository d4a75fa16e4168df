#include <stdio.h>
#include <string.h>

static int is_pair(char a, char b)
{
    return (a == '(' && b == ')') || (a == '[' && b == ']') || (a == '{' && b == '}');
}

/* Removes one adjacent pair; returns 0 when there is none left. */
static int remove_one(char *s)
{
    size_t len = strlen(s);
    for (size_t i = 0; i + 1 < len; i++) {
        if (is_pair(s[i], s[i + 1])) {
            memmove(s + i, s + i + 2, len - i - 1);
            return 1;
        }
    }
    return 0;
}

int main(void)
{
    char brackets[512];
    size_t n = 0;
    int c;

    while ((c = getchar()) != EOF && c != '\n') {
        if (c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}')
            brackets[n++] = (char)c;
    }
    brackets[n] = '\0';

    while (remove_one(brackets))
        ;
    if (n == 0)
        printf("-\n");
    else
        printf("%s\n", brackets[0] ? "no" : "yes");
    return 0;
}
