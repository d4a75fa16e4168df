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
    int c, number_of_vowels = 0;

    while ((c = getchar()) != EOF && c != '\n')
        number_of_vowels += is_vowel(c);
    printf("%d\n", number_of_vowels);
    return 0;
}
