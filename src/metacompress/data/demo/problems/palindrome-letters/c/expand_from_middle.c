#include <stdio.h>
#include <string.h>

static const char ALPHABET[] = "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ";

static int palindrome_letter(char c)
{
    const char *hit = c ? strchr(ALPHABET, c) : NULL;
    return hit ? (int)(hit - ALPHABET) / 2 : -1;
}

int main(void)
{
    char raw[202];
    int code[202];
    int total = 0;

    if (scanf("%201[^\n]", raw) != 1)
        raw[0] = 0;
    for (char *p = raw; *p; p++) {
        int k = palindrome_letter(*p);
        if (k >= 0)
            code[total++] = k;
    }
    if (total == 0) {
        printf("-\n");
        return 0;
    }

    /* walk outwards from the centre; both start there when total is odd */
    int left = (total - 1) / 2;
    int right = total / 2;
    while (left >= 0 && code[left] == code[right]) {
        left--;
        right++;
    }
    printf("%s\n", left < 0 ? "yes" : "no");
    return 0;
}
