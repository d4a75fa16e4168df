#include <stdio.h>
#include <stdlib.h>

int longest_increasing_run(const int *a, int n)
{
    if (n == 0)
        return 0;

    int longest = 1, length = 1;
    for (int i = 1; i < n; i++) {
        if (a[i] > a[i - 1])
            length++;
        else
            length = 1;
        if (length > longest)
            longest = length;
    }
    return longest;
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return EXIT_FAILURE;

    int *a = calloc(n + 1, sizeof(int));
    if (!a)
        return EXIT_FAILURE;
    for (int i = 0; i < n; i++)
        if (scanf("%d", a + i) != 1)
            break;

    printf("%d\n", longest_increasing_run(a, n));
    free(a);
    return EXIT_SUCCESS;
}
