#include <stdbool.h>
#include <stdio.h>
#include <ctype.h>

static bool check_palindrome(const char *first, const char *last)
{
    if (first >= last)
        return true;
    return *first == *last && check_palindrome(first + 1, last - 1);
}

static int keep_letters(char *text)
{
    int kept = 0;
    for (int i = 0; text[i] != '\0'; ++i)
        if (isalpha((unsigned char) text[i]))
            text[kept++] = (char) tolower((unsigned char) text[i]);
    text[kept] = '\0';
    return kept;
}

int main(void)
{
    char text[210];
    if (fgets(text, 210, stdin) == NULL) {
        puts("-");
        return 0;
    }
    int count = keep_letters(text);
    if (count == 0)
        puts("-");
    else
        puts(check_palindrome(text, text + count - 1) ? "yes" : "no");
    return 0;
}
