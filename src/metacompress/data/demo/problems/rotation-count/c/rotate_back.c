#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ascending(const int *v, size_t len)
{
    for (size_t i = 0; i + 1 < len; ++i)
        if (v[i] >= v[i + 1]) return false;
    return true;
}

/* First element goes to the back: undoes one rotation to the right. */
static void rotate_left(int *v, size_t len)
{
    int front = v[0];
    memmove(v, v + 1, (len - 1) * sizeof *v);
    v[len - 1] = front;
}

int main(void)
{
    static char line[30000];
    size_t len = 0;
    unsigned rotation_count = 0;

    if (fgets(line, sizeof line, stdin) == NULL) return EXIT_FAILURE;
    len = strtoul(line, NULL, 10);
    int *v = malloc(sizeof(int) * (len + 1));
    if (v == NULL) return EXIT_FAILURE;
    if (len > 0 && fgets(line, sizeof line, stdin) != NULL) {
        char *p = line;
        for (size_t i = 0; i < len; ++i) v[i] = (int)strtol(p, &p, 10);
        for (; !ascending(v, len); ++rotation_count) rotate_left(v, len);
    }
    printf("%u\n", rotation_count);
    free(v);
    return EXIT_SUCCESS;
}
