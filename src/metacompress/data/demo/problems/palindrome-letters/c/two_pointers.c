#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *palindrome_answer(const char *s)
{
    int lo = 0, hi = (int)strlen(s) - 1;
    int letters = 0;

    while (lo <= hi) {
        if (!isalpha((unsigned char)s[lo])) {
            lo++;
            continue;
        }
        letters = 1;
        if (!isalpha((unsigned char)s[hi])) {
            hi--;
            continue;
        }
        if (tolower((unsigned char)s[lo]) != tolower((unsigned char)s[hi]))
            return "no";
        lo++;
        hi--;
    }
    return letters ? "yes" : "-";
}

int main(void)
{
    char line[256] = "";

    if (!fgets(line, sizeof line, stdin))
        line[0] = '\0';
    puts(palindrome_answer(line));
    return 0;
}
