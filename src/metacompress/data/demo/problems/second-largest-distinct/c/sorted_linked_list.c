#include <stdio.h>
#include <stdlib.h>

struct cell {
    int value;
    struct cell *next;
};

/* The list is kept in falling order without duplicates. */
static void add_second_largest(struct cell **link, int value)
{
    while (*link != NULL && (*link)->value > value)
        link = &(*link)->next;
    if (*link != NULL && (*link)->value == value)
        return;
    struct cell *fresh = malloc(sizeof *fresh);
    if (fresh == NULL)
        abort();
    fresh->value = value;
    fresh->next = *link;
    *link = fresh;
}

static void release(struct cell *head)
{
    while (head != NULL) {
        struct cell *doomed = head;
        head = head->next;
        free(doomed);
    }
}

int main(void)
{
    struct cell *head = NULL;
    unsigned todo;
    int value;
    if (scanf("%u", &todo) != 1)
        return 1;
    while (todo-- > 0 && scanf("%d", &value) == 1)
        add_second_largest(&head, value);

    if (head != NULL && head->next != NULL)
        printf("%d\n", head->next->value);
    else
        puts("-1");
    release(head);
    return 0;
}
