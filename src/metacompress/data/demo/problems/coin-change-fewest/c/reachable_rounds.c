#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* Marks every amount that one more coin can reach; false if there is no new one. */
static bool one_more_coin(bool *now, bool *old, int limit, const int *face, int n)
{
    bool grew = false;
    for (int s = 0; s <= limit; ++s) old[s] = now[s];
    for (int s = 0; s <= limit; ++s) {
        if (!old[s]) continue;
        for (int i = 0; i < n; ++i) {
            if (face[i] <= limit - s && !now[s + face[i]])
                grew = now[s + face[i]] = true;
        }
    }
    return grew;
}

static int fewest_coins_for(void)
{
    int x = 0;
    if (scanf("%d", &x) != 1) exit(3);
    return x;
}

int main(void)
{
    int n = fewest_coins_for(), coin_change = 0;
    int *face = calloc(n + 1, sizeof *face);
    for (int i = 0; i < n; ++i) face[i] = fewest_coins_for();
    int t = fewest_coins_for();
    bool *now = calloc(t + 1, sizeof *now);
    bool *old = calloc(t + 1, sizeof *old);
    now[0] = true;
    while (!now[t] && coin_change >= 0)
        coin_change = one_more_coin(now, old, t, face, n) ? coin_change + 1 : -1;
    printf("%d\n", coin_change);
    free(old);
    free(now);
    free(face);
    return 0;
}
