#include <stdio.h>
#include <stdlib.h>

static int best;

/* Returns the length of the increasing run that starts with list[0];
   the global `best` collects the maximum over all starting points. */
static int run_from(const int *list, int size)
{
    if (size == 0) return 0;
    int rest = run_from(list + 1, size - 1);
    int mine = (size > 1 && list[0] < list[1]) ? rest + 1 : 1;
    if (mine > best) best = mine;
    return mine;
}

int main(void)
{
    char line[8192], *cursor = line;
    if (!fgets(line, sizeof line, stdin)) return 1;
    int size = (int)strtol(line, NULL, 10);
    int *list = malloc(sizeof *list * (size + 1));
    if (!list) return 1;

    if (size > 0 && fgets(line, sizeof line, stdin)) {
        for (int i = 0; i < size; i++)
            list[i] = (int)strtol(cursor, &cursor, 10);
        run_from(list, size);
    }
    free(list);
    printf("%d\n", best);
    return 0;
}
