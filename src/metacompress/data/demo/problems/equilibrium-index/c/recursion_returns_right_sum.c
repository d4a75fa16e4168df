#include <stdio.h>

static int answer = -1;

/* Reads the remaining numbers; returns their sum.  On the way back the right
   side of every position is known, and the leftmost match is written last. */
static int descend_equilibrium(int index, int n, int left)
{
    int x;
    if (index == n || scanf("%d", &x) != 1)
        return 0;
    int right = descend_equilibrium(index + 1, n, left + x);
    if (left == right)
        answer = index;
    return right + x;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) == 1) {
        descend_equilibrium(0, n, 0);
        printf("%d\n", answer);
        return 0;
    }
    return 1;
}
