#include <ctype.h>
#include <stdio.h>

int main(void)
{
    int count[26] = {0};
    int c, best = 0;

    while ((c = getchar()) != EOF && c != '\n')
        if (isalpha(c))
            count[tolower(c) - 'a']++;

    for (int i = 1; i < 26; i++)
        if (count[i] > count[best])
            best = i;

    if (count[best] == 0)
        printf("-\n");
    else
        printf("%c\n", 'a' + best);
    return 0;
}
