#include <stdio.h>

static char find_unique(const char *s)
{
    int count[128] = {0};

    for (int i = 0; s[i]; i++)
        count[s[i] & 127]++;
    for (int i = 0; s[i]; i++)
        if (s[i] != ' ' && s[i] != '\n' && count[s[i] & 127] == 1)
            return s[i];
    return '-';
}

int main(void)
{
    char s[256];

    if (fgets(s, sizeof s, stdin) == NULL)
        s[0] = '\0';
    printf("%c\n", find_unique(s));
    return 0;
}
