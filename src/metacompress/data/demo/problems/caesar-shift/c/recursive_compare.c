#include <stdbool.h>
#include <stdio.h>

static bool between(int lo, int x, int hi)
{
    return lo <= x && x <= hi;
}

/* Reads, changes and prints one character, then takes care of the others. */
static void caesar_rest(FILE *from, FILE *to)
{
    int x = fgetc(from);
    if (x == EOF || x == '\n') {
        fputc('\n', to);
        return;
    }
    if (between('a', x, 'w') || between('A', x, 'W'))
        x += 3;
    else if (between('x', x, 'z') || between('X', x, 'Z'))
        x -= 23;
    fputc(x, to);
    caesar_rest(from, to);
}

int main(void)
{
    caesar_rest(stdin, stdout);
    return 0;
}
