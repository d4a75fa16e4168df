#include <stdio.h>
#include <string.h>

static int occurrences(const char *text, char low, char up) {
    int times = 0;
    for (; *text; ++text)
        times += *text == low || *text == up;
    return times;
}

/* Goes from z down to a, so an equal count moves to the earlier letter. */
static char frequent_letter(const char *text) {
    const char *letters = "abcdefghijklmnopqrstuvwxyz";
    int most = 1;
    char winner = '-';
    for (size_t k = strlen(letters); k > 0; --k) {
        char low = letters[k - 1];
        int times = occurrences(text, low, (char)(low - 32));
        if (times >= most) {
            most = times;
            winner = low;
        }
    }
    return winner;
}

int main(void) {
    char text[256];
    if (fgets(text, sizeof text, stdin) == NULL)
        strcpy(text, "");
    printf("%c\n", frequent_letter(text));
    return 0;
}
