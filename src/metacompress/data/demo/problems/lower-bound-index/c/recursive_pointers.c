#include <stdio.h>
#include <stdlib.h>

static const int *lower_bound_position(const int *first, const int *last, int t)
{
    if (first == last) return first;
    const int *middle = first + (last - first) / 2;
    return *middle >= t ? lower_bound_position(first, middle, t)
                        : lower_bound_position(middle + 1, last, t);
}

static int read_or_die(void)
{
    int x;
    if (scanf("%d", &x) != 1) {
        fprintf(stderr, "number expected\n");
        exit(2);
    }
    return x;
}

int main(void)
{
    int n = read_or_die();
    int *numbers = calloc(n + 1, sizeof *numbers), *end = numbers;
    while (end < numbers + n) *end++ = read_or_die();
    int t = read_or_die();
    printf("%d\n", (int)(lower_bound_position(numbers, end, t) - numbers));
    free(numbers);
    return 0;
}
