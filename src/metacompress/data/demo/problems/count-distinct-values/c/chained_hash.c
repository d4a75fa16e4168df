#include <stdio.h>
#include <stdlib.h>

#define BUCKETS 257

typedef struct link {
    int value;
    struct link *next;
} link;

static unsigned hash(int value)
{
    unsigned u = (unsigned)value;
    return (u ^ (u >> 16)) * 2654435761u % BUCKETS;
}

/* 1 when the value was not there yet */
static int remember(link **buckets, int value)
{
    link **head = &buckets[hash(value)];
    for (link *l = *head; l != NULL; l = l->next)
        if (l->value == value) return 0;
    link *created = malloc(sizeof(link));
    if (created == NULL) exit(EXIT_FAILURE);
    created->value = value;
    created->next = *head;
    *head = created;
    return 1;
}

int main(void)
{
    static link *buckets[BUCKETS];
    int n, v, distinct_count = 0;

    if (scanf("%d", &n) != 1) return EXIT_FAILURE;
    for (int i = 0; i < n && scanf("%d", &v) == 1; ++i)
        distinct_count += remember(buckets, v);
    printf("%d\n", distinct_count);

    for (int b = 0; b < BUCKETS; ++b) {
        while (buckets[b] != NULL) {
            link *gone = buckets[b];
            buckets[b] = gone->next;
            free(gone);
        }
    }
    return EXIT_SUCCESS;
}
