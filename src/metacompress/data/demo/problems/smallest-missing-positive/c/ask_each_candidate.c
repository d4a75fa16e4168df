#include <stdbool.h>
#include <stdio.h>

static int numbers[2000];
static int used;

static bool contains(int wanted)
{
    for (int i = 0; i < used; i++)
        if (numbers[i] == wanted)
            return true;
    return false;
}

static int smallest_missing(int candidate)
{
    return contains(candidate) ? smallest_missing(candidate + 1) : candidate;
}

int main(void)
{
    int declared = 0, x;
    if (scanf("%d", &declared) != 1 || declared > 2000)
        return 1;
    while (declared-- > 0 && scanf("%d", &x) == 1) {
        if (x > 0)                  /* the others can never matter */
            numbers[used++] = x;
    }
    printf("%d\n", smallest_missing(1));
    return 0;
}
