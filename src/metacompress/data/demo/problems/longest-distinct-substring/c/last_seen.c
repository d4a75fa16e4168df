#include <stdio.h>

static int longest_unrepeated_substring(const char *s)
{
    int last[256];
    int start = 0, best = 0;

    for (int i = 0; i < 256; i++)
        last[i] = -1;
    for (int i = 0; s[i] != '\0' && s[i] != '\n'; i++) {
        unsigned char c = (unsigned char)s[i];
        if (last[c] >= start)
            start = last[c] + 1;
        last[c] = i;
        if (i - start + 1 > best)
            best = i - start + 1;
    }
    return best;
}

int main(void)
{
    char s[256];

    if (!fgets(s, sizeof s, stdin))
        s[0] = '\0';
    printf("%d\n", longest_unrepeated_substring(s));
    return 0;
}
