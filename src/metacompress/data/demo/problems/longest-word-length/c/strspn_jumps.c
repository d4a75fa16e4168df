#include <stdio.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static size_t max_size(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t length_of_longest_word(const char *text) {
    size_t widest = 0;
    for (;;) {
        text += strcspn(text, LETTERS);
        if (*text == '\0')
            return widest;
        size_t width = strspn(text, LETTERS);
        widest = max_size(widest, width);
        text += width;
    }
}

int main(void) {
    char text[220];
    if (fgets(text, sizeof text, stdin) == NULL)
        text[0] = '\0';
    printf("%zu\n", length_of_longest_word(text));
    return 0;
}
