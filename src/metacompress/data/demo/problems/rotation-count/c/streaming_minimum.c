#include <stdio.h>

struct best {
    int value;
    int where;
};

static void offer_rotations(struct best *b, int value, int where)
{
    if (where == 0 || value < b->value) {
        b->value = value;
        b->where = where;
    }
}

int main(void)
{
    struct best lowest = { 0, 0 };
    int length, x, index = 0;

    if (scanf("%d", &length) != 1)
        return 1;
    while (index < length && scanf("%d", &x) == 1)
        offer_rotations(&lowest, x, index++);
    printf("%d\n", lowest.where);
    return 0;
}
