#include <stdbool.h>
#include <stdio.h>

/* Finds the words from the right end of the line and prints each at once. */
static void print_backwards(const char *s, int len) {
    bool first = true;
    int end = len;
    while (end > 0) {
        if (s[end - 1] == ' ') {
            --end;
            continue;
        }
        int begin = end;
        while (begin > 0 && s[begin - 1] != ' ')
            --begin;
        printf(first ? "%.*s" : " %.*s", end - begin, s + begin);
        first = false;
        end = begin;
    }
}

int main(void) {
    char s[201];
    int len = 0, c;
    while (len < 200 && (c = getchar()) != EOF && c != '\n')
        s[len++] = (char)c;
    print_backwards(s, len);
    putchar('\n');
    return 0;
}
