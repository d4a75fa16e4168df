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

static int number(void)
{
    int x = 0;
    if (scanf("%d", &x) != 1) exit(3);
    return x;
}

int main(void)
{
    int n = number(), rounds = 0;
    int *face = calloc(n + 1, sizeof *face);
    for (int i = 0; i < n; ++i) face[i] = number();
    int t = number();
    bool *now = calloc(t + 1, sizeof *now);
    bool *old = calloc(t + 1, sizeof *old);
    now[0] = true;
    while (!now[t] && rounds >= 0)
        rounds = one_more_coin(now, old, t, face, n) ? rounds + 1 : -1;
    printf("%d\n", rounds);
    free(old);
    free(now);
    free(face);
    return 0;
}
