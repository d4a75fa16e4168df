#include <stdio.h>
#include <stdlib.h>

typedef struct {
    char symbol;
    int index;
} Entry;

static int by_symbol(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    if (x->symbol != y->symbol)
        return x->symbol < y->symbol ? -1 : 1;
    return x->index - y->index;
}

static const Entry *first_unique_character(const Entry *e, int n)
{
    const Entry *best = NULL;
    int i = 0;
    while (i < n) {
        int next = i + 1;
        while (next < n && e[next].symbol == e[i].symbol)
            next++;
        if (next - i == 1 && (best == NULL || e[i].index < best->index))
            best = &e[i];
        i = next;
    }
    return best;
}

int main(void)
{
    Entry entries[256];
    int n = 0, column = 0, c;

    while ((c = fgetc(stdin)) != EOF) {
        if (c == '\n')
            break;
        if (c != ' ' && n < 256) {
            entries[n].symbol = (char)c;
            entries[n].index = column;
            n++;
        }
        column++;
    }
    qsort(entries, (size_t)n, sizeof(Entry), by_symbol);
    const Entry *e = first_unique_character(entries, n);
    printf("%c\n", e ? e->symbol : '-');
    return 0;
}
