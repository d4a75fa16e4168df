#include <stdio.h>
#include <stdlib.h>

/* Smallest of n values that lie `step` apart. */
static int least(const int *v, int n, int step)
{
    if (n == 1)
        return *v;
    int rest = least(v + step, n - 1, step);
    return *v < rest ? *v : rest;
}

/* The same for the largest one. */
static int greatest(const int *v, int n, int step)
{
    int rest;

    if (n == 1)
        return v[0];
    rest = greatest(v + step, n - 1, step);
    return rest > v[0] ? rest : v[0];
}

int main(void)
{
    int height = 0, width = 0, saddles = 0;
    int *data, *row;

    scanf("%d", &height);
    scanf("%d", &width);
    data = malloc(sizeof(int) * height * width);
    if (!data)
        return 1;
    for (int i = 0; i != height * width; i++)
        scanf("%d", data + i);

    for (row = data; row != data + height * width; row += width) {
        int minimum = least(row, width, 1);
        for (int x = 0; x < width; x++) {
            if (row[x] != minimum)
                continue;
            if (greatest(data + x, height, width) == minimum)
                saddles++;
        }
    }
    printf("%d\n", saddles);
    free(data);
    return 0;
}
