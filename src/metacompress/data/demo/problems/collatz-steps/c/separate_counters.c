#include <stdbool.h>
#include <stdio.h>

struct tally {
    long current;
    int halvings;
    int triplings;
};

static bool advance_collatz(struct tally *t)
{
    if (t->current < 2)
        return false;

    switch (t->current % 2) {
    case 0:
        t->current /= 2;
        t->halvings += 1;
        break;
    default:
        t->current = t->current * 3 + 1;
        t->triplings += 1;
        break;
    }
    return true;
}

int main(void)
{
    struct tally t = {0, 0, 0};

    if (scanf("%ld", &t.current) != 1) return 1;
    while (advance_collatz(&t))
        ;
    printf("%d\n", t.halvings + t.triplings);
}
