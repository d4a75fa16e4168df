#include <stdio.h>
#include <stdlib.h>

/* sums[m] collects every d < m that divides m, for all m up to limit */
static int *build_sums(int limit)
{
    int *sums = calloc((size_t)limit + 1, sizeof(int));
    if (sums == NULL) exit(1);
    for (int d = 1; 2 * d <= limit; d++) {
        for (int m = 2 * d; m <= limit; m += d) sums[m] += d;
    }
    return sums;
}

int main(void)
{
    int asked;
    if (scanf("%d", &asked) != 1) return 1;

    int *sums = build_sums(asked);
    const char *answer = "deficient";
    if (asked > 0 && sums[asked] >= asked) {
        answer = sums[asked] > asked ? "abundant" : "perfect";
    }
    printf("%s\n", answer);
    free(sums);
}
