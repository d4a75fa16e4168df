#include <stdio.h>
#include <stdlib.h>

#define MAX_KINDS 100

static int denomination[MAX_KINDS], kinds;
static int record;

static int descending(const void *a, const void *b)
{
    return *(const int *)b - *(const int *)a;
}

/* Try as many large coins as possible first; give up on hopeless branches. */
static void pay(int kind, int left, int used)
{
    if (left == 0) {
        if (record < 0 || used < record)
            record = used;
        return;
    }
    if (kind == kinds)
        return;

    int face = denomination[kind];
    for (int times = left / face; times >= 0; times--) {
        int remaining = left - times * face;
        int needed = used + times + (remaining + face - 1) / face;
        if (record >= 0 && needed >= record)
            return;
        pay(kind + 1, remaining, used + times);
    }
}

int main(void)
{
    int amount = 0, i;

    scanf("%d", &kinds);
    if (kinds > MAX_KINDS)
        return 1;
    for (i = 0; i < kinds; i++)
        scanf("%d", &denomination[i]);
    scanf("%d", &amount);
    qsort(denomination, kinds, sizeof(int), descending);
    record = -1;
    pay(0, amount, 0);
    printf("%d\n", record);
}
