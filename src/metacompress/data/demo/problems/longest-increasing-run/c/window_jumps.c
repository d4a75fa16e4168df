#include <stdio.h>

enum { LIMIT = 4096 };

/* Index just past the increasing run that begins at `start`. */
static const long *run_end(const long *start, const long *end) {
    const long *p = start + 1;
    while (p < end && p[-1] < *p) ++p;
    return p;
}

static int max_increasing_run(const long *begin, const long *end) {
    int width = 0;
    while (begin < end) {
        const long *stop = run_end(begin, end);
        if (stop - begin > width) width = (int)(stop - begin);
        begin = stop;
    }
    return width;
}

int main(void) {
    static long data[LIMIT];
    int declared, got = 0;
    if (scanf("%d", &declared) != 1 || declared > LIMIT) return 2;
    while (got < declared && scanf("%ld", &data[got]) == 1) got++;
    printf("%d\n", max_increasing_run(data, data + got));
    return 0;
}
