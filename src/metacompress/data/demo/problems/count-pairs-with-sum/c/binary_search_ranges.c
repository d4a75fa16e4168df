#include <stdio.h>
#include <stdlib.h>

/* First position in s[0..len) whose value is not below x. */
static int position(const int s[], int len, int x)
{
    int from = 0, to = len;
    while (from < to) {
        int mid = (from + to) / 2;
        if (s[mid] < x) from = mid + 1;
        else to = mid;
    }
    return from;
}

/* Keeps the seen values sorted and asks for the complement of each newcomer. */
int main(void)
{
    int n, pairs_summing_to = 0;
    if (scanf("%d", &n) != 1) return 1;
    int *raw = calloc(n + 1, sizeof(int));
    int *seen = calloc(n + 1, sizeof(int));
    for (int i = 0; i <= n; ++i) {
        if (scanf("%d", &raw[i]) != 1) break;
    }
    int target = raw[n]; /* the number after the list */

    for (int i = 0; i < n; ++i) {
        int wanted = target - raw[i];
        pairs_summing_to += position(seen, i, wanted + 1) - position(seen, i, wanted);
        int at = position(seen, i, raw[i]);
        for (int k = i; k > at; --k) seen[k] = seen[k - 1];
        seen[at] = raw[i];
    }
    printf("%d\n", pairs_summing_to);
    free(raw);
    free(seen);
    return 0;
}
