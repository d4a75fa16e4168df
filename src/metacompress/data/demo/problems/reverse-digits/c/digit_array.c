#include <stdbool.h>
#include <stdio.h>

enum { MAX_DIGITS = 10 };

struct digits {
    int count;
    unsigned char at[MAX_DIGITS];
};

static struct digits reversed_digit_array(unsigned n)
{
    struct digits d = { .count = 0 };
    do {
        d.at[d.count++] = (unsigned char)(n % 10u);
        n /= 10u;
    } while (n);
    return d;
}

int main(void)
{
    unsigned n;
    if (scanf("%u", &n) != 1) return 1;

    const struct digits d = reversed_digit_array(n);
    bool leading = true;
    for (int i = 0; i < d.count; i++) {
        leading = leading && d.at[i] == 0;
        if (!leading || i == d.count - 1) printf("%d", d.at[i]);
    }
    printf("\n");
    return 0;
}
