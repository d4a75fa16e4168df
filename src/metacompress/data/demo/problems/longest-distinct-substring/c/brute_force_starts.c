#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Number of different characters in a row, beginning at p. */
static int stretch(const char *p) {
    bool used[128] = { false };
    int n = 0;
    while (p[n] != '\0' && !used[(int)p[n]]) {
        used[(int)p[n]] = true;
        ++n;
    }
    return n;
}

int main(void) {
    char text[201] = "";
    int longest_substring = 0;
    if (scanf("%200[^\n]", text) == 1) {
        size_t length = strlen(text);
        for (size_t from = 0; from < length; ++from) {
            int n = stretch(text + from);
            if (n > longest_substring)
                longest_substring = n;
        }
    }
    printf("%d\n", longest_substring);
    return 0;
}
