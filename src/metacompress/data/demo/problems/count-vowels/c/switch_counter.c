#include <stdio.h>

static int is_vowel(int c)
{
    switch (c) {
    case 'a': case 'e': case 'i': case 'o': case 'u':
    case 'A': case 'E': case 'I': case 'O': case 'U':
        return 1;
    default:
        return 0;
    }
}

int main(void)
{
    int c, vowels = 0;

    while ((c = getchar()) != EOF && c != '\n')
        vowels += is_vowel(c);
    printf("%d\n", vowels);
    return 0;
}
