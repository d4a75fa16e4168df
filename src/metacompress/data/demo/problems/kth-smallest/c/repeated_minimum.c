#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct pool { int *value; bool *taken; int size; };

/* Takes the smallest value that is still there and returns it. */
static int kth_value(struct pool *pool)
{
    int at = -1;
    for (int i = 0; i < pool->size; ++i) {
        if (pool->taken[i]) continue;
        if (at < 0 || pool->value[i] < pool->value[at]) at = i;
    }
    if (at < 0) return -1;
    pool->taken[at] = true;
    return pool->value[at];
}

int main(void)
{
    struct pool pool;
    int rounds;
    if (scanf("%d", &pool.size) != 1) return 1;
    pool.value = calloc(pool.size + 1, sizeof(int));
    pool.taken = calloc(pool.size + 1, sizeof(bool));
    for (int i = 0; i < pool.size; ++i) scanf("%d", &pool.value[i]);
    if (scanf("%d", &rounds) != 1) rounds = 0;

    int kth_smallest_value = -1;
    while (rounds-- > 0) {
        kth_smallest_value = kth_value(&pool);
        if (kth_smallest_value == -1) break; /* the pool is used up */
    }
    printf("%d\n", kth_smallest_value);
    free(pool.value);
    free(pool.taken);
    return 0;
}
