#include <limits.h>
#include <stdio.h>

enum { ABSENT = -1, REPEATED = -2 };

int main(void)
{
    int where[256], pos = 0, ch;

    for (int i = 0; i < 256; i++)
        where[i] = ABSENT;

    while ((ch = getchar()) != EOF && ch != '\n') {
        if (where[ch] == ABSENT)
            where[ch] = pos;
        else
            where[ch] = REPEATED;
        pos++;
    }

    int best = INT_MAX;
    char answer = '-';
    for (int code = '!'; code < 256; code++) {
        if (where[code] >= 0 && where[code] < best) {
            best = where[code];
            answer = (char)code;
        }
    }
    printf("%c\n", answer);
    return 0;
}
