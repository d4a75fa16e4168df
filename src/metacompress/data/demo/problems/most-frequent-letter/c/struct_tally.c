#include <stdio.h>
#include <stdlib.h>

typedef struct {
    char name;
    unsigned uses;
} Tally;

static int compare(const void *a, const void *b)
{
    const Tally *x = a;
    const Tally *y = b;
    if (x->uses != y->uses)
        return x->uses > y->uses ? -1 : 1;
    return x->name - y->name;
}

static void note_letter(Tally *board, int ch)
{
    if (ch >= 'A' && ch <= 'Z')
        ch += 'a' - 'A';
    if (ch >= 'a' && ch <= 'z')
        board[ch - 'a'].uses += 1;
}

int main(void)
{
    Tally board[26];

    for (int i = 0; i < 26; i++) {
        board[i].name = (char)('a' + i);
        board[i].uses = 0;
    }
    for (int ch = fgetc(stdin); ch != '\n' && ch != EOF; ch = fgetc(stdin))
        note_letter(board, ch);
    qsort(board, 26, sizeof(Tally), compare);
    printf("%c\n", board[0].uses ? board[0].name : '-');
    return 0;
}
