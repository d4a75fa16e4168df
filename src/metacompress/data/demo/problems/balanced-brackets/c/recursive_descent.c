#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *cursor;

/* group_brackets := { opener group_brackets closer } */
static bool group_brackets(void) {
    while (*cursor && strchr("([{", *cursor)) {
        char close = *cursor == '(' ? ')' : *cursor == '[' ? ']' : '}';
        cursor++;
        if (!group_brackets() || *cursor != close)
            return false;
        cursor++;
    }
    return true;
}

static void strip(char *text) {
    char *to = text;
    for (const char *from = text; *from; from++)
        if (strchr("()[]{}", *from))
            *to++ = *from;
    *to = '\0';
}

int main(void) {
    char text[201] = "";
    if (scanf("%200[^\n]", text) != 1 || (strip(text), text[0] == '\0')) {
        puts("-");
        return 0;
    }
    cursor = text;
    if (group_brackets() && *cursor == '\0')
        puts("yes");
    else
        puts("no");
    return 0;
}
