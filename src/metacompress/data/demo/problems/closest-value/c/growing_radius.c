#include <stdio.h>

#define LIMIT 1000

static int stock[LIMIT];

static int contains(int n, int wanted)
{
    for (int i = 0; i < n; i++)
        if (stock[i] == wanted)
            return 1;
    return 0;
}

/* Look at t, t-1, t+1, t-2, t+2, ... until one of them is in the list. */
static int closest_around(int n, int t)
{
    for (int radius = 0;; radius++) {
        if (contains(n, t - radius))
            return t - radius;
        if (contains(n, t + radius))
            return t + radius;
    }
}

int main(void)
{
    int n = 0, t = 0, k = 0;

    scanf("%d", &n);
    if (n > LIMIT)
        return 1;
    while (k < n)
        scanf("%d", stock + k++);
    scanf("%d", &t);
    if (n == 0)
        puts("0");
    else
        printf("%d\n", closest_around(n, t));
}
