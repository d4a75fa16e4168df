#include <stdio.h>

typedef struct {
    long long rest;
    long long top;
} state;

static void strip(state *s, long long factor)
{
    if (s->rest == 0 || s->rest % factor != 0)
        return;
    s->top = factor;
    s->rest /= factor;
    strip(s, factor);
}

int main(void)
{
    state s = {.rest = 0, .top = 1};
    if (scanf("%lld", &s.rest) != 1) return 1;

    strip(&s, 2);
    strip(&s, 3);
    long long k = 6;
    while ((k - 1) * (k - 1) <= s.rest) {
        strip(&s, k - 1);
        strip(&s, k + 1);
        k += 6;
    }
    printf("%lld\n", s.rest > 1 ? s.rest : s.top);
    return 0;
}
