#include <stdbool.h>
#include <stdio.h>

typedef struct {
    long residue;
} element;

static element mod_power_of(long value)
{
    long r = value % 1000007L;
    return (element){r < 0 ? r + 1000007L : r};
}

static element product(element a, element b)
{
    return mod_power_of(a.residue * b.residue);
}

int main(void)
{
    long value;
    int exponent;
    if (scanf(" %ld %d", &value, &exponent) != 2) {
        return 1;
    }
    const element b = mod_power_of(value);
    element acc = mod_power_of(1);
    for (int bit = 17; bit >= 0; --bit) {
        bool set = (exponent >> bit) % 2 == 1;
        acc = product(acc, acc);
        if (set)
            acc = product(acc, b);
    }
    printf("%ld\n", acc.residue);
    return 0;
}
