#include <stdio.h>

#define CAPACITY 5000

static long long value[CAPACITY];
static long long before[CAPACITY + 1];  /* before[i]: sum of value[0..i-1] */
static long long after[CAPACITY + 1];   /* after[i]: sum of value[i..] */

static void fill(int count) {
    before[0] = 0;
    for (int i = 0; i < count; ++i) {
        before[i + 1] = before[i] + value[i];
    }
    after[count] = 0;
    for (int i = count; i-- > 0;) {
        after[i] = after[i + 1] + value[i];
    }
}

int main(void) {
    int count, first_equilibrium = -1;

    if (scanf("%d", &count) != 1 || count > CAPACITY) return 1;
    for (int i = 0; i < count; ++i) {
        if (scanf("%lld", &value[i]) != 1) return 1;
    }
    fill(count);
    for (int i = 0; i < count && first_equilibrium < 0; ++i) {
        if (before[i] == after[i + 1]) first_equilibrium = i;
    }
    printf("%d\n", first_equilibrium);
    return 0;
}
