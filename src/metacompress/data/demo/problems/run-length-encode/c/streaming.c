#include <stdio.h>

static void flush_run_length(int symbol, unsigned length) {
    if (length > 0)
        printf("%u%c", length, symbol);
}

int main(void) {
    int previous = EOF;
    unsigned length = 0;
    for (;;) {
        int current = getchar();
        if (current == previous && current != EOF) {
            length++;
            continue;
        }
        flush_run_length(previous, length);
        if (current == EOF || current == '\n')
            break;
        previous = current;
        length = 1;
    }
    putchar('\n');
    return 0;
}
