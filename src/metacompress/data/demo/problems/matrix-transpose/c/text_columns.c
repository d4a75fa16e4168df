#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD 16

/* Append one word to a line of text, with a blank between words. */
static void append(char *line, const char *word)
{
    if (*line != '\0')
        strcat(line, " ");
    strcat(line, word);
}

static char **print_transposed(int nrow, int ncol)
{
    char word[WORD];
    char **text = malloc(ncol * sizeof(char *));

    for (int k = 0; k < ncol; k++)
        text[k] = calloc(nrow, WORD + 1);
    for (int seen = 0; seen < nrow * ncol; seen++) {
        if (scanf("%15s", word) == 1)
            append(text[seen % ncol], word);
    }
    return text;
}

int main(void)
{
    int nrow = 0, ncol = 0;

    scanf("%d", &nrow);
    scanf("%d", &ncol);
    char **text = print_transposed(nrow, ncol);
    for (int k = 0; k < ncol; k++) {
        puts(text[k]);
        free(text[k]);
    }
    free(text);
}
