#include <stdio.h>

struct tracker {
    int started;
    int previous;
    int current;
    int record;
};

static void feed_increasing_run(struct tracker *t, int value) {
    if (t->started && value > t->previous) {
        t->current += 1;
    } else {
        t->current = 1;
        t->started = 1;
    }
    t->previous = value;
    if (t->record < t->current) {
        t->record = t->current;
    }
}

int main(void) {
    struct tracker t = {0};
    char word[32];
    int left;

    if (scanf("%31s", word) != 1 || sscanf(word, "%d", &left) != 1) {
        return 1;
    }
    while (left > 0) {
        int value;
        if (scanf("%31s", word) != 1 || sscanf(word, "%d", &value) != 1) {
            return 1;
        }
        feed_increasing_run(&t, value);
        --left;
    }
    printf("%d\n", t.record);
    return 0;
}
