#include <ctype.h>
#include <stdio.h>

#define SHIFT 3

static int shift_char(int c)
{
    if (islower(c))
        return 'a' + (c - 'a' + SHIFT) % 26;
    if (isupper(c))
        return 'A' + (c - 'A' + SHIFT) % 26;
    return c;
}

int main(void)
{
    int c;

    while ((c = getchar()) != EOF && c != '\n')
        putchar(shift_char(c));
    putchar('\n');
    return 0;
}
