#include <stdio.h>
#include <stdlib.h>

static int longest_distinct_substring(const char *a, int n)
{
    int *count = calloc(128, sizeof *count);
    int left = 0, right, doubles = 0, max = 0;

    if (count == NULL)
        exit(EXIT_FAILURE);
    for (right = 0; right < n; right++) {
        if (++count[(int)a[right]] == 2)
            doubles++;
        while (doubles > 0) {
            if (--count[(int)a[left]] == 1)
                doubles--;
            left++;
        }
        max = right - left + 1 > max ? right - left + 1 : max;
    }
    free(count);
    return max;
}

int main(void)
{
    char data[400];
    int n = 0;
    int got = (int)fread(data, 1, sizeof data, stdin);

    while (n < got && data[n] != '\n')
        n++;
    printf("%d\n", longest_distinct_substring(data, n));
    return EXIT_SUCCESS;
}
