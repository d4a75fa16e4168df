#include <stdio.h>
#include <stdlib.h>

struct entry { long value; int times; };

struct table {
    struct entry *entries;
    int used;
};

static int bump(struct table *t, long value)
{
    int slot = 0;
    while (slot < t->used && t->entries[slot].value != value)
        slot++;
    if (slot == t->used) {
        t->entries[slot].value = value;
        t->entries[slot].times = 0;
        t->used++;
    }
    return ++t->entries[slot].times;
}

int main(void)
{
    struct table t = { NULL, 0 };
    int n, result_known = 0;
    long value, majority_element = -1;

    if (scanf("%d", &n) != 1) return EXIT_FAILURE;
    t.entries = malloc(sizeof(struct entry) * (size_t)(n + 1));
    if (t.entries == NULL) return EXIT_FAILURE;

    for (int i = 0; i < n && !result_known; i++) {
        if (scanf("%ld", &value) != 1) break;
        if (bump(&t, value) > n / 2) {
            majority_element = value;
            result_known = 1;
        }
    }
    printf("%ld\n", majority_element);
    free(t.entries);
    return EXIT_SUCCESS;
}
