#include <stdio.h>
#include <stdlib.h>

typedef struct {
    long left, right;
    int position;
} scale;

static void move_equilibrium_right(scale *s, const long *w, int n)
{
    s->left += w[s->position];
    s->position++;
    if (s->position < n)
        s->right -= w[s->position];
}

int main(void)
{
    size_t n, k;
    long *w;
    scale s = { 0, 0, 0 };

    if (scanf("%zu", &n) != 1) return 1;
    w = malloc((n + 1) * sizeof(long));
    if (w == NULL) return 1;
    for (k = 0; k < n; k++) {
        if (scanf("%ld", &w[k]) != 1) { free(w); return 1; }
        if (k > 0) s.right += w[k];     /* element 0 is the first pivot */
    }

    while (s.position < (int)n && s.left != s.right)
        move_equilibrium_right(&s, w, (int)n);

    if (s.position == (int)n)
        s.position = -1;
    printf("%d\n", s.position);
    free(w);
    return 0;
}
