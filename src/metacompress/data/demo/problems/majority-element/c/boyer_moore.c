#include <stdio.h>
#include <stdlib.h>

/* Voting first, then a second pass to confirm the candidate. */
static int majority(const int *votes, int n)
{
    int candidate = -1, balance = 0;
    for (int i = 0; i < n; i++) {
        if (balance == 0)
            candidate = votes[i];
        balance += (votes[i] == candidate) ? 1 : -1;
    }

    int support = 0;
    for (int i = 0; i < n; i++)
        support += votes[i] == candidate;
    return 2 * support > n ? candidate : -1;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *votes = calloc(n + 1, sizeof *votes);
    if (!votes)
        return 1;
    for (int i = 0; i < n; i++) {
        if (scanf("%d", &votes[i]) != 1) {
            free(votes);
            return 1;
        }
    }
    printf("%d\n", majority(votes, n));
    free(votes);
    return 0;
}
