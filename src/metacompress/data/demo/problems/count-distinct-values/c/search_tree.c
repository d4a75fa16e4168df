#include <stdio.h>
#include <stdlib.h>

/* Tree nodes live in one array; index 0 stands for "no node". */
struct slot {
    int key;
    size_t child[2];
};

static size_t build_distinct(struct slot *pool, size_t total)
{
    size_t used = 0;
    for (size_t read = 0; read < total; read++) {
        int key;
        if (scanf("%d", &key) != 1)
            break;
        size_t *edge = &pool[0].child[0];
        while (*edge != 0 && pool[*edge].key != key)
            edge = &pool[*edge].child[key > pool[*edge].key];
        if (*edge == 0) {
            *edge = ++used;
            pool[used].key = key;
        }
    }
    return used;
}

int main(void)
{
    size_t total;
    if (scanf("%zu", &total) != 1)
        return 1;
    struct slot *pool = calloc(total + 1, sizeof *pool);
    if (!pool)
        return 1;
    printf("%zu\n", build_distinct(pool, total));
    free(pool);
    return 0;
}
