#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void blank_between_words(char *text)
{
    while (*text != '\0') {
        if (!isalpha((unsigned char)*text))
            *text = '.';
        text++;
    }
}

int main(void)
{
    char text[201] = {0};
    int n = 0;

    if (scanf("%200[^\n]", text) != 1) {
        printf("%d\n", n);
        return 0;
    }
    blank_between_words(text);
    char *token = strtok(text, ".");
    while (token) {
        n++;
        token = strtok(NULL, ".");
    }
    printf("%d\n", n);
    return 0;
}
