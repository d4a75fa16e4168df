#include <stdio.h>

static int fewest(const int *coin, int n, int amount)
{
    int best[amount + 1];
    best[0] = 0;
    for (int a = 1; a <= amount; a++) {
        best[a] = -1;
        for (int i = 0; i < n; i++) {
            if (coin[i] > a || best[a - coin[i]] < 0)
                continue;
            int used = best[a - coin[i]] + 1;
            if (best[a] < 0 || used < best[a])
                best[a] = used;
        }
    }
    return best[amount];
}

int main(void)
{
    int n, amount;
    if (scanf("%d", &n) != 1)
        return 1;
    int coin[n + 1];
    for (int i = 0; i < n; i++)
        scanf("%d", &coin[i]);
    if (scanf("%d", &amount) != 1)
        return 1;
    printf("%d\n", fewest(coin, n, amount));
    return 0;
}
