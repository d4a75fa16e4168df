#include <stdio.h>
#include <string.h>

struct window {
    char items[512];
    size_t head, tail;
};

static int in_substring(const struct window *w, int ch)
{
    return memchr(w->items + w->head, ch, w->tail - w->head) != NULL;
}

int main(void)
{
    struct window w = { .head = 0, .tail = 0 };
    size_t record = 0;
    int ch;

    while ((ch = getchar()) != EOF && ch != '\n' && w.tail < sizeof w.items) {
        while (in_substring(&w, ch))
            w.head++;
        w.items[w.tail++] = (char)ch;

        size_t width = w.tail - w.head;
        if (width > record)
            record = width;
    }
    printf("%zu\n", record);
    return 0;
}
