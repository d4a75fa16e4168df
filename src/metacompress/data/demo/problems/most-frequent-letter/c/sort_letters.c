#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

static int compare_letter(const void *p, const void *q)
{
    return *(const char *)p - *(const char *)q;
}

int main(void)
{
    char line[201], letters[201];
    size_t n = 0;

    if (scanf("%200[^\n]", line) != 1)
        line[0] = '\0';
    for (char *s = line; *s; s++) {
        if (isalpha((unsigned char)*s))
            letters[n++] = (char)tolower((unsigned char)*s);
    }
    qsort(letters, n, 1, compare_letter);

    char answer = '-';
    size_t longest = 0, begin = 0;
    while (begin < n) {
        size_t end = begin;
        while (end < n && letters[end] == letters[begin])
            end++;
        if (end - begin > longest) {
            longest = end - begin;
            answer = letters[begin];
        }
        begin = end;
    }
    putchar(answer);
    putchar('\n');
    return 0;
}
