#include <stdio.h>
#include <string.h>

#define CAP 8192

static int buf[CAP], tmp[CAP];

/* Sorts buf[l..r) and returns how many inversions it had. */
static long long sort_range(int l, int r) {
    if (r - l < 2) return 0;
    int m = (l + r) / 2;
    long long inv = sort_range(l, m);
    inv += sort_range(m, r);

    int i = l, j = m, k = l;
    while (i < m && j < r) {
        if (buf[j] < buf[i]) {
            inv += m - i;   /* buf[j] jumps over the rest of the left half */
            tmp[k++] = buf[j++];
        } else {
            tmp[k++] = buf[i++];
        }
    }
    while (i < m) tmp[k++] = buf[i++];
    while (j < r) tmp[k++] = buf[j++];
    memcpy(buf + l, tmp + l, (size_t)(r - l) * sizeof(int));
    return inv;
}

int main(void) {
    int total, got;
    if (scanf("%d", &total) != 1 || total > CAP) return 1;
    for (got = 0; got < total; got++)
        if (scanf("%d", buf + got) != 1) return 1;
    printf("%lld\n", sort_range(0, got));
    return 0;
}
