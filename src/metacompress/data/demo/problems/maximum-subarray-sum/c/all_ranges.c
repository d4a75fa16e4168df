#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_line(char *buf, int size) {
    return fgets(buf, size, stdin) != NULL;
}

int main(void) {
    static char line[65536];
    int *a, n, len = 0;

    if (!read_line(line, sizeof line)) return 1;
    n = atoi(line);
    if (n == 0 || !read_line(line, sizeof line)) { printf("0\n"); return 0; }

    a = calloc((size_t)n, sizeof *a);
    if (!a) return 1;
    for (char *tok = strtok(line, " \n"); tok && len < n; tok = strtok(NULL, " \n"))
        a[len++] = atoi(tok);

    int largest = a[0];
    for (int start = 0; start < len; start++) {
        int total = 0;
        for (int stop = start; stop < len; stop++) {
            total += a[stop];
            if (total > largest) largest = total;
        }
    }
    printf("%d\n", largest);
    free(a);
    return 0;
}
