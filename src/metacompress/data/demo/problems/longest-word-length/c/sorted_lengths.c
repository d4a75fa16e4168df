#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>

static int longest_word_first(const void *left, const void *right)
{
    size_t a = *(const size_t *) left;
    size_t b = *(const size_t *) right;
    return (a < b) - (a > b);
}

int main(void)
{
    char *input = calloc(300, 1);
    size_t lengths[150] = {0};
    int words = 0;

    if (input == NULL)
        return 1;
    if (fgets(input, 300, stdin) != NULL) {
        /* everything that is no letter becomes a blank for strtok */
        for (char *c = input; *c; c++)
            if (!isalpha((unsigned char) *c))
                *c = ' ';
        for (char *w = strtok(input, " "); w != NULL; w = strtok(NULL, " "))
            lengths[words++] = strlen(w);
        qsort(lengths, (size_t) words, sizeof lengths[0], longest_word_first);
    }
    printf("%lu\n", (unsigned long) lengths[0]);
    free(input);
    return 0;
}
