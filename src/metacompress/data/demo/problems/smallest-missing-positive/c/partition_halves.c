#include <stdio.h>
#include <stdlib.h>

/* Moves the values <= limit to the front and drops repeats of them:
   returns how many different values in low..limit the segment holds. */
static int gather(int *seg, int size, int low, int limit)
{
    int front = 0;
    for (int i = 0; i < size; i++) {
        int v = seg[i], fresh = v >= low && v <= limit;
        for (int j = 0; fresh && j < front; j++)
            if (seg[j] == v) fresh = 0;
        if (fresh) {
            seg[i] = seg[front];
            seg[front++] = v;
        }
    }
    return front;
}

static int missing(int *seg, int size)
{
    int low = 1, high = size + 1;     /* the answer is in low..high */
    while (low < high) {
        int middle = low + (high - low) / 2;
        int have = gather(seg, size, low, middle);
        if (have == middle - low + 1)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int main(void)
{
    size_t total, got = 0;
    if (scanf("%zu", &total) != 1) return 2;
    int *seg = malloc((total + 1) * sizeof *seg);
    if (seg == NULL) return 2;
    while (got < total && scanf("%d", &seg[got]) == 1) ++got;
    printf("%d\n", missing(seg, (int)got));
    free(seg);
    return 0;
}
