#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int size;
    int *value;
    int *memo;      /* 0 means not computed yet */
} Problem;

/* Longest chain that begins with element i. */
static int lis_length(Problem *p, int i)
{
    if (p->memo[i] != 0) return p->memo[i];
    int tail = 0;
    for (int next = i + 1; next < p->size; next++) {
        if (p->value[next] <= p->value[i]) continue;
        int t = lis_length(p, next);
        if (t > tail) tail = t;
    }
    return p->memo[i] = 1 + tail;
}

int main(void)
{
    Problem p;
    char text[16384];
    int longest_increasing_subsequence = 0;

    if (fgets(text, sizeof text, stdin) == NULL) return 1;
    p.size = atoi(text);
    p.value = calloc(p.size + 1, sizeof(int));
    p.memo = calloc(p.size + 1, sizeof(int));
    if (p.size > 0 && fgets(text, sizeof text, stdin) != NULL) {
        char *piece = strtok(text, " \t\n");
        for (int i = 0; i < p.size && piece != NULL; i++) {
            p.value[i] = atoi(piece);
            piece = strtok(NULL, " \t\n");
        }
    }
    for (int i = 0; i < p.size; i++) {
        int c = lis_length(&p, i);
        if (c > longest_increasing_subsequence) longest_increasing_subsequence = c;
    }
    printf("%d\n", longest_increasing_subsequence);
    free(p.value);
    free(p.memo);
    return 0;
}
