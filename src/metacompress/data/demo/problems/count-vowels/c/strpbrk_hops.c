#include <stdio.h>
#include <string.h>

/* strpbrk jumps straight to the next vowel each time. */
static size_t vowels_in(const char *text) {
    size_t found = 0;
    const char *at = strpbrk(text, "aeiouAEIOU");
    while (at != NULL) {
        ++found;
        at = strpbrk(at + 1, "aeiouAEIOU");
    }
    return found;
}

int main(void) {
    char buffer[300];
    if (fgets(buffer, (int) sizeof buffer, stdin) == NULL)
        strcpy(buffer, "");
    printf("%zu\n", vowels_in(buffer));
    return 0;
}
