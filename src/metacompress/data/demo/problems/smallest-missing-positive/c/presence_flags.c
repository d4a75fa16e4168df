#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1)
        return 1;

    /* The answer lies in 1..n+1, so larger numbers can be ignored. */
    char *present = calloc((size_t)n + 2, 1);
    if (present == NULL)
        return 1;
    for (int i = 0; i < n; i++) {
        int x;
        if (scanf("%d", &x) != 1)
            break;
        if (x >= 1 && x <= n)
            present[x] = 1;
    }

    int answer = 1;
    while (present[answer])
        answer++;
    printf("%d\n", answer);
    free(present);
    return 0;
}
