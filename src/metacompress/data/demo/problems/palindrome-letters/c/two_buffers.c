#include <stdio.h>
#include <string.h>

#define CAP 256

/* 0 when c is not a letter, otherwise the letter in upper case */
static char fold_palindrome(int c) {
    if (c >= 'A' && c <= 'Z') return (char)c;
    if (c >= 'a' && c <= 'z') return (char)(c - 'a' + 'A');
    return 0;
}

int main(void) {
    char forward[CAP], backward[CAP];
    size_t n = 0;
    int c;

    /* forward grows from the left edge, backward from the right edge */
    while (n < CAP && (c = getchar()) != EOF && c != '\n') {
        char f = fold_palindrome(c);
        if (f) {
            forward[n] = f;
            n++;
            backward[CAP - n] = f;
        }
    }

    if (n == 0)
        printf("-\n");
    else if (memcmp(forward, backward + CAP - n, n) == 0)
        printf("yes\n");
    else
        printf("no\n");
    return 0;
}
