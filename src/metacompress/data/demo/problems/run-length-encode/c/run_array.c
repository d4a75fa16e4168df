#include <stdio.h>
#include <stdlib.h>

typedef struct run {
    char ch;
    int times;
} run_t;

static int collect_run_lengths(run_t *runs)
{
    int used = 0;
    int c;

    while ((c = fgetc(stdin)) != EOF) {
        if (c == '\n')
            break;
        if (used > 0 && runs[used - 1].ch == (char)c) {
            runs[used - 1].times += 1;
        } else {
            runs[used].ch = (char)c;
            runs[used].times = 1;
            used += 1;
        }
    }
    return used;
}

int main(void)
{
    run_t *runs = calloc(256, sizeof(run_t));
    if (!runs)
        return EXIT_FAILURE;

    int used = collect_run_lengths(runs);
    for (run_t *r = runs; r < runs + used; r++)
        printf("%d%c", r->times, r->ch);
    puts("");
    free(runs);
    return EXIT_SUCCESS;
}
