#include <stdio.h>

static void encode(const char *s)
{
    int i = 0;

    while (s[i] != '\0' && s[i] != '\n') {
        int j = i;
        while (s[j] == s[i])
            j++;
        printf("%d%c", j - i, s[i]);
        i = j;
    }
    printf("\n");
}

int main(void)
{
    char s[256] = "";

    if (fgets(s, sizeof s, stdin) == NULL)
        s[0] = '\0';
    encode(s);
    return 0;
}
