#include <stdbool.h>
#include <stdio.h>

enum { MAX = 2000 };

static bool swap_if_needed(int *p, int *q)
{
    if (*p <= *q)
        return false;
    int keep = *p;
    *p = *q;
    *q = keep;
    return true;
}

/* Every adjacent exchange of a inversions sort removes exactly one inversion. */
static unsigned inversions(int list[], int length)
{
    unsigned exchanges = 0;
    bool moved;
    do {
        moved = false;
        for (int k = 1; k < length; ++k) {
            if (swap_if_needed(&list[k - 1], &list[k])) {
                ++exchanges;
                moved = true;
            }
        }
    } while (moved);
    return exchanges;
}

int main(void)
{
    int list[MAX], length = 0, stated = 0;
    if (scanf("%d", &stated) != 1 || stated > MAX)
        return 1;
    while (length < stated) {
        if (scanf("%d", &list[length]) != 1)
            break;
        length++;
    }
    printf("%u\n", inversions(list, length));
}
