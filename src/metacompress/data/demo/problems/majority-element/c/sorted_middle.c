#include <stdio.h>
#include <stdlib.h>

static int cmp(const void *l, const void *r) {
    const int *a = l, *b = r;
    if (*a < *b) return -1;
    return *a > *b;
}

int main(void) {
    static int arr[10000];
    size_t len, k = 0;

    if (scanf("%zu", &len) != 1 || len > 10000) return 1;
    while (k < len && scanf("%d", arr + k) == 1) k++;
    if (k == 0) { puts("-1"); return 0; }

    qsort(arr, k, sizeof arr[0], cmp);

    /* A majority has to cover the middle of the sorted array. */
    int middle = arr[k / 2];
    size_t first = k / 2, last = k / 2;
    while (first > 0 && arr[first - 1] == middle) first--;
    while (last + 1 < k && arr[last + 1] == middle) last++;

    printf("%d\n", last - first + 1 > k / 2 ? middle : -1);
    return 0;
}
