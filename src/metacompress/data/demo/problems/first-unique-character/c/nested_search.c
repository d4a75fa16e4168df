#include <stdio.h>
#include <string.h>

/* A character is alone when its first and last occurrences coincide. */
static const char *unique_character(const char *text) {
    const char *p = text;
    while (*p) {
        if (*p != ' ' && strchr(text, *p) == strrchr(text, *p))
            return p;
        ++p;
    }
    return NULL;
}

int main(void) {
    char text[201] = {0};
    const char *found = NULL;

    if (scanf("%200[^\n]", text) > 0)
        found = unique_character(text);
    putchar(found ? *found : '-');
    putchar('\n');
    return 0;
}
