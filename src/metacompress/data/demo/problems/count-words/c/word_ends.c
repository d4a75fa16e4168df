#include <stdio.h>
#include <string.h>
#include <stdbool.h>

static bool is_letter(char c) {
    return strchr("abcdefghijklmnopqrstuvwxyz", c | 32) != NULL && c >= 'A';
}

/* A word ends where a letter is followed by something else. */
static int words_in_line(const char *s, size_t len) {
    int ends = 0;
    for (size_t i = 0; i < len; i++)
        ends += is_letter(s[i]) && (i + 1 == len || !is_letter(s[i + 1]));
    return ends;
}

int main(void) {
    char s[256];
    int number_of_words = 0;
    if (fgets(s, sizeof s, stdin) != NULL)
        number_of_words = words_in_line(s, strlen(s));
    printf("%d\n", number_of_words);
    return 0;
}
