#include <stdio.h>

#define SIZE 4096

static void swap(int *a, int *b) {
    int t = *a;
    *a = *b;
    *b = t;
}

/* Put every value v with 1 <= v <= n into cell v-1. */
static void place_missing(int cells[], int n) {
    for (int i = 0; i < n; ++i) {
        for (;;) {
            int v = cells[i];
            if (v < 1 || v > n || cells[v - 1] == v) break;
            swap(&cells[i], &cells[v - 1]);
        }
    }
}

int main(void) {
    static int cells[SIZE];
    int n, k;
    if (scanf("%d", &n) != 1 || n > SIZE) return 1;
    for (k = 0; k < n; ++k) {
        if (scanf("%d", &cells[k]) != 1) return 1;
    }
    place_missing(cells, n);
    for (k = 0; k < n; ++k) {
        if (cells[k] != k + 1) break;
    }
    printf("%d\n", k + 1);
    return 0;
}
