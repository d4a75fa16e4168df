#include <stdio.h>

enum { ROOM = 8192 };

static long ring[ROOM];

static int rotation_count(int low, int high) {
    while (low < high) {
        int probe = low + (high - low) / 2;
        if (ring[probe] > ring[high]) {
            low = probe + 1;    /* the minimum is to the right */
        } else {
            high = probe;
        }
    }
    return low;
}

int main(void) {
    int size, got = 0;
    if (scanf("%d", &size) != 1 || size > ROOM) return 1;
    while (got < size) {
        if (scanf("%ld", ring + got) != 1) return 1;
        got++;
    }
    printf("%d\n", got > 0 ? rotation_count(0, got - 1) : 0);
    return 0;
}
