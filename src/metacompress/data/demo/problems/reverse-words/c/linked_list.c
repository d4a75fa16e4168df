#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
    struct item *next;
    char word[201];
};

static struct item *read_items(void)
{
    struct item *head = NULL;
    int ch, fresh = 1;

    while ((ch = fgetc(stdin)) != '\n' && ch != EOF) {
        if (ch == ' ') {
            fresh = 1;
            continue;
        }
        if (fresh) {
            struct item *it = calloc(1, sizeof(struct item));
            if (it == NULL)
                abort();
            it->next = head;
            head = it;
            fresh = 0;
        }
        head->word[strlen(head->word)] = (char)ch;
    }
    return head;
}

int main(void)
{
    struct item *it = read_items();

    while (it != NULL) {
        struct item *next = it->next;
        printf("%s%s", it->word, next ? " " : "");
        free(it);
        it = next;
    }
    putchar('\n');
    return EXIT_SUCCESS;
}
