#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>

struct node {
    int letter;
    struct node *below;
};

static struct node *push(struct node *top, int letter)
{
    struct node *fresh = malloc(sizeof *fresh);
    if (fresh == NULL)
        exit(1);
    fresh->letter = letter;
    fresh->below = top;
    return fresh;
}

/* Pushes the first half of the word, then pops it against the second half. */
static int reads_both_ways(const int *word, int len)
{
    struct node *top = NULL;
    int same = 1, i;

    for (i = 0; i < len / 2; i++)
        top = push(top, word[i]);
    for (i = (len + 1) / 2; i < len; i++) {
        struct node *gone = top;
        if (gone->letter != word[i])
            same = 0;
        top = gone->below;
        free(gone);
    }
    return same;
}

int main(void)
{
    int word[200], len = 0, ch;

    for (ch = getchar(); ch != '\n' && ch != EOF; ch = getchar())
        if (isalpha(ch) && len < 200)
            word[len++] = toupper(ch);
    if (!len) {
        puts("-");
        return 0;
    }
    puts(reads_both_ways(word, len) ? "yes" : "no");
    return 0;
}
