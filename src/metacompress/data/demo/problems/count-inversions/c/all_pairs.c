#include <stdio.h>
#include <stdlib.h>

static long count_inversions(const int *values, int n)
{
    long pairs = 0;
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            if (values[i] > values[j])
                pairs++;
        }
    }
    return pairs;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;
    int *values = calloc((size_t)n + 1, sizeof(int));
    if (values == NULL)
        return 1;
    for (int i = 0; i < n && scanf("%d", &values[i]) == 1; i++)
        ;
    printf("%ld\n", count_inversions(values, n));
    free(values);
    return 0;
}
