#include <stdio.h>

#define MAX_UNIQUE 4096

int main(void) {
    static long unique[MAX_UNIQUE];
    int known = 0, remaining;
    long incoming;

    if (scanf("%d", &remaining) != 1 || remaining > MAX_UNIQUE) return 1;
    while (remaining-- > 0) {
        if (scanf("%ld", &incoming) != 1) return 1;
        /* sentinel: the newcomer is always found, at `known` if it is new */
        unique[known] = incoming;
        int at = 0;
        while (unique[at] != incoming) at++;
        if (at == known) known++;
    }
    printf("%d\n", known);
    return 0;
}
