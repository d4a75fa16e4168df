#include <stdio.h>

/* Only the last three numbers are ever in memory. */
int main(void) {
    int n, total = 0;
    long a = 0, b = 0, c = 0;

    if (scanf("%d", &n) != 1) return 1;
    for (int seen = 1; seen <= n; ++seen) {
        a = b;
        b = c;
        if (scanf("%ld", &c) != 1) return 1;
        if (seen < 3) continue;
        total += (a < b && b > c);
    }
    printf("%d\n", total);
    return 0;
}
