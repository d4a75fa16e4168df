#include <stdio.h>

typedef struct {
    int total;
    int head;   /* best non-empty prefix */
    int tail;   /* best non-empty suffix */
    int best;
} Segment;

static int larger(int p, int q)
{
    if (p < q) return q;
    return p;
}

static Segment leaf(int v)
{
    Segment s = { v, v, v, v };
    return s;
}

static Segment join_max_subarray(Segment l, Segment r)
{
    Segment s;
    s.total = l.total + r.total;
    s.head = larger(l.head, l.total + r.head);
    s.tail = larger(r.tail, r.total + l.tail);
    s.best = larger(larger(l.best, r.best), l.tail + r.head);
    return s;
}

/* Reads `n` numbers (n >= 1) and summarises them as one segment. */
static Segment read_segment(int n)
{
    if (n == 1) {
        int v = 0;
        if (scanf("%d", &v) != 1)
            fprintf(stderr, "missing number\n");
        return leaf(v);
    }
    Segment left = read_segment(n / 2);
    Segment right = read_segment(n - n / 2);
    return join_max_subarray(left, right);
}

int main(void)
{
    int n;
    if (scanf("%d", &n) != 1) return 1;
    if (n > 0)
        printf("%d\n", read_segment(n).best);
    else
        printf("0\n");
    return 0;
}
