#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool vowel(char ch)
{
    char low = (char)tolower((unsigned char)ch);
    return low == 'a' || low == 'e' || low == 'i' || low == 'o' || low == 'u';
}

static int vowels_in_range(const char *s, int begin, int end)
{
    if (begin == end)
        return 0;
    if (end - begin == 1)
        return vowel(s[begin]) ? 1 : 0;

    int mid = begin + (end - begin) / 2;
    int left = vowels_in_range(s, begin, mid);
    int right = vowels_in_range(s, mid, end);
    return left + right;
}

int main(void)
{
    char s[256];

    if (fgets(s, sizeof(s), stdin) == NULL) {
        printf("0\n");
        return 0;
    }
    int length = (int)strlen(s);
    printf("%d\n", vowels_in_range(s, 0, length));
    return 0;
}
