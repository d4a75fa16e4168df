#include <stdio.h>

#define MAX_PILES 5000

/* top[k] is the smallest value that can end an increasing chain of k+1 values */
static int top[MAX_PILES];

static int find_pile(int piles, int card) {
    int lo = 0, hi = piles;
    while (lo < hi) {
        int mid = (lo + hi) >> 1;
        if (top[mid] < card) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

int main(void) {
    int cards, card, lis_length = 0;

    if (scanf("%d", &cards) != 1 || cards > MAX_PILES) {
        return 1;
    }
    while (cards-- > 0 && scanf("%d", &card) == 1) {
        int where = find_pile(lis_length, card);
        top[where] = card;
        if (where == lis_length) {
            lis_length++;
        }
    }
    printf("%d\n", lis_length);
    return 0;
}
